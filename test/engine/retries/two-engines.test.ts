import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/app.js';
import type { KeyedRequest } from '../../../src/engine/retries/claim.js';
import type { RoundReply } from '../../../src/engine/round-reply.js';
import { roundKeyOf } from '../../../src/trail/round-key.js';
import { builtFile } from '../../support/build.js';
import { engineOf } from '../../support/engine.js';
import { memoryLedger } from '../../support/memory-ledger.js';
import { bytesOf, goodRound } from '../../support/rounds.js';

const KEYS = 1000;
const ASKING = 4;

describe('two engines that share a ledger', () => {
  test('decide each of 1000 rounds once that come four times at the same moment, twice to each', async () => {
    const { engines, ledger } = await twoEngines();
    const replies = await Promise.all(
      Array.from({ length: KEYS }, (_, key) =>
        Promise.all(Array.from({ length: ASKING }, (__, at) => ask(engines[at % 2]!, key))),
      ),
    );
    for (const [key, each] of replies.entries()) {
      const decided = each.filter((reply) => 'answer' in reply && reply.isReplayed !== true);
      expect(decided).toHaveLength(1);
      for (const reply of each) expectAnswerOrInFlight(reply, decided[0]!);
      expect(await ledger.findRecords(roundKeyOf(idOf(key)), 10)).toHaveLength(1);
    }
    const again = await Promise.all(replies.map((_, key) => ask(engines[key % 2]!, key)));
    for (const [key, reply] of again.entries()) {
      const decided = replies[key]!.find((each) => 'answer' in each && each.isReplayed !== true);
      expect(reply).toEqual({ ...decided, isReplayed: true });
    }
  }, 120_000);

  test('share batches among rounds with keys and without', async () => {
    const { engines, ledger } = await twoEngines();
    const [engine] = engines;
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, key) =>
        key % 2 === 0 ? ask(engine, key) : engine.clearRound(bytesOf(goodRound({ id: idOf(key) })))!,
      ),
    );
    for (const [key, reply] of replies.entries()) {
      const [address] = await ledger.findRecords(roundKeyOf(idOf(key)), 1);
      const recordId = `${address!.node}-${address!.block}-${address!.index}`;
      expect(reply).toMatchObject({ recordId });
      if (key % 2 === 0) expect(await ask(engines[1], key)).toMatchObject({ recordId, isReplayed: true });
    }
  });
});

function expectAnswerOrInFlight(reply: RoundReply, decided: RoundReply): void {
  if ('refusal' in reply) expect(reply.refusal.code).toBe('IN_FLIGHT');
  else expect({ ...reply, isReplayed: undefined }).toEqual({ ...decided, isReplayed: undefined });
}

async function twoEngines() {
  const ledger = memoryLedger();
  const start = () => engineOf({ PARLEY_QUEUE_MAX: '100000' }, builtFile('workers/rounds.js'), { ledger });
  const engines: readonly [Engine, Engine] = [await start(), await start()];
  return { engines, ledger };
}

function ask(engine: Engine, key: number): Promise<RoundReply> {
  const keyed: KeyedRequest = { key: String(key).padStart(64, '0'), fingerprint: 'f'.repeat(64) };
  const pending = engine.clearRound(bytesOf(goodRound({ id: idOf(key) })), 0, { keyed });
  if (pending === undefined) throw new Error('a round with a key is always answered');
  return pending;
}

function idOf(key: number): string {
  return `round-${key}`;
}
