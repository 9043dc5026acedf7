import { describe, expect, test } from 'vitest';
import { NodeLog, UNKNOWN } from '../../src/engine/node-log.js';
import { type Ledger, LedgerUnavailable } from '../../src/engine/ledger-port.js';
import { leafHash } from '../../src/trail/merkle.js';
import { identityOf, ledgerWith, logTerms, memoryLedger } from '../support/memory-ledger.js';

/** What becomes of an append on its way: `lost` never arrives, `unanswered` arrives and its answer does not; `declined` did nothing. */
type Fate = 'works' | 'lost' | 'unanswered' | 'declined';

const NODE = 'n0123456789abcdef';

describe('a log whose ledger loses messages', () => {
  test.each<[string, readonly Fate[], readonly unknown[]]>([
    ['a lost answer is settled by sending the block again', ['unanswered'], [1, 2, 3]],
    ['a lost append is settled by sending the block again', ['lost'], [1, 2, 3]],
    ['a block that may be stored is sent before any other', ['unanswered', 'unanswered'], [UNKNOWN, 2, 3]],
    ['a block that was lost twice is sent before any other', ['lost', 'lost'], [UNKNOWN, 2, 3]],
    ['nothing new is sealed while a block is unsettled', ['lost', 'lost', 'lost'], [UNKNOWN, 'refused', 2]],
    ['a block that was declined is nowhere, and its place is free', ['declined'], ['unavailable', 1, 2]],
    ['the same each time', ['declined', 'declined'], ['unavailable', 'unavailable', 1]],
    ['a block that was lost and then declined may stand', ['lost', 'declined'], [UNKNOWN, 2, 3]],
    [
      'and stays so when it is declined again',
      ['unanswered', 'declined', 'declined'],
      [UNKNOWN, 'refused', 2],
    ],
  ])('%s', async (_, fates, outcomes) => {
    const memory = memoryLedger();
    const log = await openLog(lossy(memory, ['works', ...fates]));
    expect(await appendInTurn(log, outcomes.length)).toEqual(outcomes);
    const numbers = Array.from({ length: 4 }, (__, number) => number);
    const stored = await Promise.all(numbers.map((number) => memory.readBlock(NODE, number)));
    const nowhere = outcomes.filter((outcome) => outcome === 'refused' || outcome === 'unavailable').length;
    expect(stored.filter((block) => block !== undefined)).toHaveLength(4 - nowhere);
  });
});

async function appendInTurn(log: NodeLog, count: number): Promise<unknown[]> {
  const outcomes: unknown[] = [];
  for (let at = 1; at <= count; at++) {
    const content = { atMs: at, count: 1, recordsRoot: leafHash(String(at)) };
    const entry = { content, body: Buffer.from(`${at}\n`), roundKeys: Buffer.alloc(0) };
    const appended = await log.append(entry).catch(refusalOf);
    outcomes.push(typeof appended === 'object' ? appended.block : appended);
  }
  return outcomes;
}

function refusalOf(fault: unknown): string {
  return fault instanceof LedgerUnavailable ? 'unavailable' : 'refused';
}

function openLog(ledger: Ledger): Promise<NodeLog> {
  return NodeLog.open(ledger, () => identityOf(NODE), logTerms('full'));
}

function lossy(ledger: Ledger, fates: Fate[]): Ledger {
  return ledgerWith(ledger, {
    append: async (block, expected) => {
      const fate = fates.shift() ?? 'works';
      if (fate === 'declined') throw new LedgerUnavailable('no memory');
      const result = fate === 'lost' ? undefined : await ledger.append(block, expected);
      if (fate !== 'works' || result === undefined) throw new Error('the connection broke');
      return result;
    },
  });
}
