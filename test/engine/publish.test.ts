import { describe, expect, test } from 'vitest';
import { parseRecordId } from '../../src/base/ids.js';
import { Catalogue } from '../../src/engine/catalogue.js';
import { NodeLog } from '../../src/engine/node-log.js';
import type { Ledger } from '../../src/engine/ledger-port.js';
import { publishWith, type Publishing } from '../../src/engine/publish.js';
import { bytesOf } from '../support/rounds.js';
import { identityOf, ledgerWith, logTerms, memoryLedger } from '../support/memory-ledger.js';

const NODE = 'n0123456789abcdef';
const MIB = 1_048_576;

/** A step of the ledger that does not answer: `lost` never arrives, `unanswered` arrives and its answer does not. */
interface Failure {
  readonly step: 'append' | 'publish' | 'readPublications';
  readonly fate: 'lost' | 'unanswered';
  readonly times: number;
}

describe('a document that is sent until it is answered', () => {
  test.each<[string, Failure]>([
    ['the version did not arrive', { step: 'publish', fate: 'lost', times: 1 }],
    ['the version arrived and its answer did not', { step: 'publish', fate: 'unanswered', times: 1 }],
    ['the node could not follow', { step: 'readPublications', fate: 'lost', times: 1 }],
    ['the record did not arrive', { step: 'append', fate: 'lost', times: 2 }],
    ['the record arrived and its answer did not', { step: 'append', fate: 'unanswered', times: 2 }],
  ])('has one version and its record although %s', async (_, failure) => {
    const { publish, ledger } = await nodeWith([failure]);
    expect(await publish('house', 1)).toMatchObject({ refusal: { code: 'OUTCOME_UNKNOWN' } });
    const again = await publish('house', 1);
    expect(again).toMatchObject({ version: 1 });
    expect(await recordOf(ledger, again)).toMatchObject({ kind: 'policy', name: 'house', number: 1 });
    expect(await ledger.readPublications(0)).toHaveLength(1);
  });

  test('is told the same record each time, which is written once', async () => {
    const { publish, ledger } = await nodeWith([]);
    const replies = [await publish('house', 1), await publish('house', 1), await publish('house', 1)];
    const recordId = `${NODE}-1-0`;
    expect(replies).toEqual([true, false, false].map((isNew) => ({ version: 1, isNew, recordId })));
    expect(await ledger.readBlock(NODE, 2)).toBeUndefined();
  });

  test('at the same time has one version and one record', async () => {
    const { publish, ledger } = await nodeWith([]);
    const replies = await Promise.all([publish('house', 1), publish('house', 1), publish('house', 1)]);
    expect(new Set(replies.map((reply) => 'recordId' in reply && reply.recordId)).size).toBe(1);
    expect(replies.filter((reply) => 'isNew' in reply && reply.isNew)).toHaveLength(1);
    expect(await ledger.readBlock(NODE, 2)).toBeUndefined();
  });
});

test('a record that is owed is written with the next one, whoever is published', async () => {
  const { publish, ledger } = await nodeWith([{ step: 'append', fate: 'lost', times: 3 }]);
  expect(await publish('house', 1)).toHaveProperty('refusal');
  expect(await publish('other', 1)).toHaveProperty('refusal');
  await publish('house', 2);
  const records = [];
  for (let at = 1; ; at++) {
    const block = await ledger.readBlock(NODE, at);
    if (block === undefined) break;
    const lines = block.body!.toString().trimEnd().split('\n');
    records.push(...lines.map((line) => JSON.parse(line) as { name: string; number: number }));
  }
  const told = new Set(records.map(({ name, number }) => `${name}@${number}`));
  expect(told).toEqual(new Set(['house@1', 'other@1', 'house@2']));
});

describe('a refused document', () => {
  test.each<['policy' | 'profile', unknown, string, string]>([
    [
      'policy',
      { rules: [price('a', 1), price('a', 2), { id: 'r', kind: 'attribute-range', attribute: 'x' }] },
      '/rules/1/id',
      '/rules/1/id: The id a stands here for the second time. /rules/2: A range needs a min, a max or both.',
    ],
    ['policy', { rules: [] }, '/rules', '/rules: expected array length to be greater or equal to 1.'],
    ['profile', { wrong: 1, price: 3 }, '/wrong', '/wrong: Unexpected property. /price: Expected object.'],
    ['profile', {}, '', 'a profile needs a price term or an attribute.'],
  ])('(%s) is told with the place of each fault', async (kind, document, path, message) => {
    const { submit } = await nodeWith([]);
    const reply = await submit(kind, document);
    expect(reply).toEqual({ refusal: { code: `INVALID_${kind.toUpperCase()}`, path, message } });
  });
});

async function nodeWith(failures: readonly Failure[]) {
  const ledger = memoryLedger();
  const lossy = failing(ledger, failures);
  const catalogue = new Catalogue(lossy, MIB);
  const clock = { nowMs: () => 1_800_000_000_000, monotonicMs: () => 0 };
  const journal = { fault: () => undefined };
  const log = await openLog(lossy);
  const story = publishWith({ ledger: lossy, catalogue, log, clock, journal, nestingMax: 32 });
  const submit = (kind: 'policy' | 'profile', document: unknown, name = 'house') =>
    story({ kind, name, bytes: bytesOf(document), expected: undefined });
  const publish = (name: string, max: number) => submit('policy', { rules: [price('p', max)] }, name);
  return { ledger, publish, submit };
}

/** Loses the first calls of the steps that fail; the birth of the log always arrives. */
function failing(ledger: Ledger, failures: readonly Failure[]): Ledger {
  const left = new Map(failures.map(({ step, times }) => [step, times]));
  const through = async <T>(step: Failure['step'], call: () => Promise<T>): Promise<T> => {
    const times = left.get(step) ?? 0;
    if (times === 0) return call();
    left.set(step, times - 1);
    if (failures.find((failure) => failure.step === step)?.fate === 'unanswered') await call();
    throw new Error('the connection broke');
  };
  return ledgerWith(ledger, {
    append: (block, expected) =>
      block.number === 0
        ? ledger.append(block, expected)
        : through('append', () => ledger.append(block, expected)),
    publish: (draft, expected) => through('publish', () => ledger.publish(draft, expected)),
    readPublications: (after) => through('readPublications', () => ledger.readPublications(after)),
  });
}

function openLog(ledger: Ledger): Promise<NodeLog> {
  return NodeLog.open(ledger, () => identityOf(NODE), logTerms('digest'));
}

async function recordOf(ledger: Ledger, reply: Publishing): Promise<unknown> {
  if ('refusal' in reply || reply.recordId === undefined) throw new Error('there is no record');
  const record = await ledger.readRecord(parseRecordId(reply.recordId)!);
  return JSON.parse(record!.toString()) as unknown;
}

function price(id: string, max: number) {
  return { id, kind: 'price-cap', max };
}
