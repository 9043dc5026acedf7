import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { showProgress } from '../../src/cli/demo/progress.js';
import { checkTrail } from '../../src/cli/demo/trail.js';
import { NodeLog } from '../../src/engine/node-log.js';
import type { LotRequest } from '../../src/schema/round.js';
import { bidFrom, type Ending, LOT, runDemo, tell } from './playing.js';
import { identityOf, logTerms, memoryLedger } from '../support/memory-ledger.js';

const COLUMNS_MAX = 100;

describe('the demo as a process', () => {
  let first: Ending;
  let second: Ending;

  beforeAll(async () => {
    [first, second] = await Promise.all([runDemo(), runDemo()]);
  });

  test('ends well and says nothing to the log', () => {
    expect({ status: first.status, err: first.err }).toEqual({ status: 0, err: '' });
  });

  test('tells the same story every time, but for the node, the speed and the number of blocks', () => {
    expect(withoutChance(second.out)).toBe(withoutChance(first.out));
    expect(second.out).not.toBe(first.out);
  });

  test('is plain text that fits a terminal of 100 columns', () => {
    expect(first.out).toMatch(/^[\x20-\x7e\n]*$/);
    expect(first.out.split('\n').filter((line) => line.length > COLUMNS_MAX)).toEqual([]);
  });

  test('shows a round of each format', () => {
    const headings = first.out.match(/^[a-z-]+(?=: )/gm);
    expect(headings).toEqual(['first-price', 'second-price', 'fixed-price', 'uniform-price', 'gsp', 'vcg']);
  });

  test('counts every bid once: as an award or in the table of losses, and for its seat', () => {
    const [, bids, awards, losses] = numbersOf(/^.*rounds?, .*without an award\.$/m.exec(first.out)?.[0]);
    const byReason = first.out.match(/^ {2}[ \d]{3} {2}[A-Z_]+ +[\d,]+/gm)?.map((row) => numbersOf(row)[1]!);
    const bySeat = first.out
      .match(/^ {2}[a-z]+ +[a-z ]+ [\d,]+ +[\d,]+ +[\d,.]+$/gm)
      ?.map((row) => numbersOf(row));
    expect(sum(byReason)).toBe(losses);
    expect(awards! + losses!).toBe(bids);
    expect(sum(bySeat?.map(([ofSeat]) => ofSeat!))).toBe(bids);
    expect(sum(bySeat?.map(([, ofSeat]) => ofSeat!))).toBe(awards);
  });

  test('checks the signature of its trail', () => {
    expect(first.out).toMatch(/^Trail: [\d,]+ blocks in the log of n[0-9a-f]{16};$/m);
    expect(first.out).toContain('the signature of the last checkpoint is good');
  });

  test('says that there is no trail when none is kept', async () => {
    const { status, out } = await runDemo({
      PARLEY_RETENTION: 'off',
      PARLEY_THREADS: '2',
      PARLEY_QUEUE_MAX: '3',
    });
    expect({ status, trail: /^Trail: .*$/m.exec(out)?.[0] }).toEqual({
      status: 0,
      trail: 'Trail: none, because PARLEY_RETENTION is off.',
    });
  });

  test.each([
    [{ PARLEY_THREADS: 'many' }, [], /^PARLEY_THREADS must be/],
    [{ PARLEY_BIDS_MAX: '2' }, [], /^The engine refused a round of the demo: INVALID_ROUND/],
    [{}, ['fast'], /^Usage: parley demo/],
  ] as const)('ends with status 2 and a sentence: %o %o', async (environment, args, sentence) => {
    const { status, err } = await runDemo(environment, args);
    expect(status).toBe(2);
    expect(err).toMatch(sentence);
    expect(err).not.toContain('    at ');
  });
});

describe('what became of each bid', () => {
  const DEALS = [{ id: 'spring', floor: 2, seats: ['maple'] }];

  test.each<[string, Partial<LotRequest>, readonly string[], readonly string[]]>([
    [
      'a rival',
      {},
      ['alder 3', 'birch 2'],
      ['won, pays 3.00; 2.00 would have tied with birch', 'lost: needed 3.00 to tie with alder'],
    ],
    ['a tie', {}, ['alder 3', 'birch 3'], ['won, pays 3.00; after a tie with', 'who won the tie']],
    ['nobody else', {}, ['alder 3'], ['won, pays 3.00; 1.00 would have been enough']],
    ['the floor and nothing more', {}, ['alder 1'], ['won, pays 1.00; just enough']],
    [
      'a floor',
      {},
      ['alder 0.5', 'birch 2'],
      ['won', 'lost: the floor is 1.00; needed 2.00 to tie with birch'],
    ],
    ['a floor alone', {}, ['alder 0.5'], ['lost: the floor is 1.00']],
    [
      'a reserve',
      { reserve: 5 },
      ['alder 4'],
      ['lost: the price is under the private minimum of the seller'],
    ],
    [
      'a deal at equal price',
      { deals: DEALS },
      ['alder 3', 'maple 3 spring'],
      ['won', 'level with maple, and at equal price a deal goes first'],
    ],
    ['a deal floor', { deals: DEALS }, ['maple 1.5 spring'], ["lost: the deal's floor is 2.00"]],
    ['a closed deal', { deals: DEALS }, ['birch 3 spring'], ['lost: deal spring is not open to birch']],
    ['no such deal', { deals: DEALS }, ['birch 3 winter'], ['lost: this lot has no deal winter']],
    [
      'a deal of others',
      { deals: [{ id: 'own', domains: ['x.example'] }] },
      ['birch 3 own'],
      ['lost: deal own is not open to birch.example'],
    ],
    [
      'a private auction',
      { deals: DEALS, privateAuction: true },
      ['birch 3'],
      ['lost: only bids for a deal compete on this lot'],
    ],
    [
      'an agreed price',
      { deals: [{ id: 'own', floor: 2, format: 'fixed-price' }] },
      ['birch 3 own'],
      ['won, pays 2.00; as agreed'],
    ],
    [
      'too few units',
      { quantity: 3 },
      ['alder 3 - 2', 'birch 2 - 2'],
      ['won 2 of 2, pays 3.00 each', 'won 1 of 2, pays 2.00 each'],
    ],
  ])('%s', (_, terms, bids, words) => {
    const told = tell({ ...LOT, ...terms }, bids.map(bidFrom));
    expect(told).toHaveLength(words.length);
    for (const [at, part] of words.entries()) expect(told[at]).toContain(part);
  });
});

describe('the progress line', () => {
  test('counts up for a person and is gone at the end', () => {
    const written = progressOf({ isInteractive: true }, [50, 100]);
    expect(written[0]).toBe(`\r  [${'#'.repeat(20)}${'.'.repeat(20)}] 50 of 100 rounds`);
    expect(written[1]).toMatch(/^\r +\r$/);
    expect(written[1]!.length).toBeGreaterThanOrEqual(written[0]!.length);
  });

  test('is silent in a file or a pipe', () => {
    expect(progressOf({ isInteractive: false }, [50, 100])).toEqual([]);
  });
});

describe('the check of the trail', () => {
  test('accepts the node and refuses a checkpoint under another key', async () => {
    const own = await openLog('n0000000000000001');
    expect(await checkTrail(own)).toEqual({ blocks: 1, isSigned: true });
    const stranger = await openLog('n0000000000000001');
    const strangersBirth = stranger.ledger.readRecord.bind(stranger.ledger);
    const forged = { ...own, ledger: Object.assign(own.ledger, { readRecord: strangersBirth }) };
    expect(await checkTrail(forged)).toEqual({ blocks: 1, isSigned: false });
  });
});

function withoutChance(out: string): string {
  return out
    .replaceAll(/n[0-9a-f]{16}/g, 'NODE')
    .replace(/^Speed: .*$/m, 'SPEED')
    .replace(/^Trail: [\d,]+ blocks/m, 'TRAIL');
}

function numbersOf(text = ''): readonly number[] {
  return (text.match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map((number) => Number(number.replaceAll(',', '')));
}

function sum(numbers: readonly number[] = []): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function progressOf(
  { isInteractive }: { isInteractive: boolean },
  dones: readonly number[],
): readonly string[] {
  const written: string[] = [];
  const out = (text: string) => written.push(text);
  const streams = { out, err: out, output: new PassThrough(), errorColumns: undefined };
  const progress = showProgress({ args: [], environment: {}, isInteractive, ...streams }, 100);
  for (const done of dones) progress(done);
  return written;
}

async function openLog(node: string) {
  const ledger = memoryLedger();
  return { node, ledger, log: await NodeLog.open(ledger, () => identityOf(node), logTerms('full')) };
}
