import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Engine } from '../../../src/app.js';
import { ledgerSource } from '../../../src/engine/replay/ledger-source.js';
import { type Finding, replayTrail } from '../../../src/engine/replay/replay-trail.js';
import type { TrailSource } from '../../../src/engine/replay/trail-source.js';
import type { CatalogueKind } from '../../../src/schema/catalogue.js';
import { generatedAuction } from '../../openrtb/generated-requests.js';
import { crowdedRound, generatedRound } from '../../rounds/generated-rounds.js';
import { ruledRound } from '../../rounds/ruled-rounds.js';
import { engineOf } from '../../support/engine.js';
import { ledgerWith, memoryLedger } from '../../support/memory-ledger.js';
import { bytesOf } from '../../support/rounds.js';

const SEED = 20_261_125;
const BIDS_READ_THE_ID = {
  rules: [{ id: 'named', kind: 'cel', expression: 'round.id != ""', effect: 'escalate' }],
};
const HOUSE = {
  rules: [
    { id: 'cap', kind: 'price-cap', max: 1.01 },
    { id: 'apart', kind: 'separation', by: 'seat' },
  ],
};
const SEEN = {
  price: { weight: 1, value: { log: { from: 0.5, to: 4 } } },
  attributes: { viewability: { weight: 0.5, value: { log: { from: 0.1, to: 1 } } } },
};

/** Everything that decides: formats, deals, ties, policies and profiles, carried and named, ids that the engine gives. */
function generatedWork() {
  const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number) =>
    fc.sample(arbitrary, { seed: SEED, numRuns });
  const named = sample(generatedRound, 120).map((round) => {
    const scored = round.format === 'first-price' || round.format === 'second-price';
    return { ...round, policies: ['house'], ...(scored && { profile: 'seen' }) };
  });
  const nameless = sample(crowdedRound, 60).map((round) => {
    return { ...round, id: undefined, policies: [BIDS_READ_THE_ID] };
  });
  const carried = sample(crowdedRound, 40)
    .filter(({ format }) => format === 'first-price' || format === 'second-price')
    .map((round) => ({ ...round, profile: SEEN }));
  return {
    rounds: [...sample(generatedRound, 120), ...sample(ruledRound, 120), ...named, ...nameless, ...carried],
    auctions: sample(generatedAuction, 150).map(({ request, responses }) => ({ request, responses })),
  };
}

test.each(['1', '3'])(
  'all that engines with %s threads record is replayed to the same bytes',
  async (threads) => {
    const engine = await engineOf({
      PARLEY_THREADS: threads,
      PARLEY_BATCH_ROUNDS_MAX: '16',
      PARLEY_RATES: RATES,
    });
    const { rounds, auctions } = generatedWork();
    await publish(engine, 'policy', 'house', HOUSE);
    await publish(engine, 'profile', 'seen', SEEN);
    const replies = await Promise.all([
      ...rounds.map((round) => engine.clearRound(bytesOf(round))!),
      ...auctions.map((auction) => engine.clearOpenRtb(bytesOf(auction))!),
    ]);
    const decided = replies.filter((reply) => 'answer' in reply).length;
    expect(decided).toBeGreaterThan(500);
    const { count, findings } = await replayed(ledgerSource(engine.ledger));
    expect(findings).toEqual([]);
    // The birth of the node, a policy and a profile.
    expect(count).toMatchObject({ equal: decided, different: 0, impossible: 0, others: 3 });
  },
);

test('engines with other threads leave the same records, but for time and place', async () => {
  const { rounds } = generatedWork();
  const withIds = rounds.filter(
    (round) => round.id !== undefined && !('policies' in round && 'profile' in round),
  );
  const records = await Promise.all(
    ['1', '3'].map(async (threads) => {
      const engine = await engineOf({ PARLEY_THREADS: threads, PARLEY_TIE_KEY: '5a'.repeat(32) });
      await publish(engine, 'policy', 'house', HOUSE);
      const kept = [];
      for (const reply of await Promise.all(withIds.map((round) => engine.clearRound(bytesOf(round))!)))
        kept.push('answer' in reply ? await recordOf(engine, reply.recordId!) : reply.refusal);
      return kept;
    }),
  );
  expect(records[1]).toEqual(records[0]);
});

test('a policy whose record stands in the log of a later node is found', async () => {
  const engine = await engineOf();
  await publish(engine, 'policy', 'house', HOUSE);
  await engine.clearRound(bytesOf({ ...generatedWork().rounds[0], policies: ['house'] }))!;
  const { ledger } = engine;
  /** The same blocks, the last one first. */
  const backwards: TrailSource = {
    blocks: async function* () {
      const blocks = [];
      for await (const block of ledgerSource(ledger).blocks()) blocks.push(block);
      yield* blocks.reverse();
    },
  };
  expect((await replayed(backwards)).count).toMatchObject({ equal: 1, impossible: 0 });
});

test('a trail is read in pages, and no block is held when the next page is asked for', async () => {
  const engine = await engineOf({ PARLEY_BATCH_ROUNDS_MAX: '1' });
  for (const round of fc.sample(generatedRound, { seed: SEED, numRuns: 250 }))
    await engine.clearRound(bytesOf(round))!;
  const asked: number[] = [];
  const watched = ledgerWith(engine.ledger, {
    readBlocks: (node, from, limit) => {
      asked.push(limit);
      return engine.ledger.readBlocks(node, from, limit);
    },
  });
  const { count } = await replayed(ledgerSource(watched));
  expect(count.equal).toBe(250);
  expect(Math.max(...asked)).toBeLessThanOrEqual(100);
  expect(asked.length).toBeGreaterThanOrEqual(2 * 3);
});

test('of hashes and trimmed blocks there is nothing to replay, and that is counted', async () => {
  const digest = await engineOf({ PARLEY_RETENTION: 'digest' });
  const trimmed = await engineOf({ PARLEY_BATCH_ROUNDS_MAX: '1' });
  for (const round of fc.sample(generatedRound, { seed: SEED, numRuns: 30 })) {
    await digest.clearRound(bytesOf(round))!;
    await trimmed.clearRound(bytesOf(round))!;
  }
  expect((await replayed(ledgerSource(digest.ledger))).count).toMatchObject({ equal: 0, hashes: 30 });
  const oldest = ledgerWith(trimmed.ledger, {
    readBlocks: async (node, from, limit) =>
      (await trimmed.ledger.readBlocks(node, from, limit)).map((block) =>
        block.number > 0 && block.number <= 12 ? { ...block, body: undefined } : block,
      ),
  });
  expect((await replayed(ledgerSource(oldest))).count).toMatchObject({
    equal: 18,
    trimmedBlocks: 12,
    impossible: 0,
  });
});

test('an empty ledger replays to nothing', async () => {
  expect((await replayed(ledgerSource(memoryLedger()))).count).toMatchObject({ equal: 0, others: 0 });
});

const RATES = '{"id":"generated","base":"EUR","rates":{"USD":"1.25","GBP":"0.8","JPY":"3"}}';

async function replayed(source: TrailSource) {
  const findings: Finding[] = [];
  const count = await replayTrail(source, (finding) => findings.push(finding));
  return { count, findings };
}

async function publish(engine: Engine, kind: CatalogueKind, name: string, document: object): Promise<void> {
  const published = await engine.publish({ kind, name, bytes: bytesOf(document), expected: undefined });
  expect(published).toMatchObject({ version: 1 });
}

async function recordOf(engine: Engine, id: string): Promise<string> {
  const [node, block, index] = id.split('-');
  const record = await engine.ledger.readRecord({ node: node!, block: Number(block), index: Number(index) });
  return record!.toString().replace(/^\{"at":\d+/, '{"at":0');
}
