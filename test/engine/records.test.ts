import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/app.js';
import { parseRecordId } from '../../src/base/ids.js';
import { canonicalJson } from '../support/canonical-json.js';
import { connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { ROUND } from '../support/round-arbitrary.js';
import { bid, bytesOf, GOOD_BYTES, goodRound, lot } from '../support/rounds.js';

describe('the header Parley-Record', () => {
  test.each(['full', 'digest'])('names the record with retention %s', async (retention) => {
    const engine = await engineOf({ PARLEY_RETENTION: retention });
    const connection = await connectTo(await doorOf(engine));
    const { headers } = await connection.ask({ body: GOOD_BYTES });
    const record = await readRecord(engine, headers['parley-record']!);
    if (retention === 'full') expect(JSON.parse(record)).toMatchObject({ kind: 'round', id: 'round-1' });
    else expect(Buffer.byteLength(record, 'latin1')).toBe(32);
  });

  test('is absent with retention off', async () => {
    const engine = await engineOf({ PARLEY_RETENTION: 'off' });
    const connection = await connectTo(await doorOf(engine));
    const { status, headers } = await connection.ask({ body: GOOD_BYTES });
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('parley-record');
    expect(engine.log).toBeUndefined();
  });

  test('is absent when nothing was decided', async () => {
    const connection = await connectTo(await doorOf(await engineOf()));
    expect((await connection.ask({ body: '{}' })).headers).not.toHaveProperty('parley-record');
  });
});

describe('record ids', () => {
  test('are unique, and each leads to the record of its own round', async () => {
    const engine = await engineOf({ PARLEY_THREADS: '2', PARLEY_BATCH_ROUNDS_MAX: '7' });
    const rounds = Array.from({ length: 200 }, (_, at) => (at % 5 === 3 ? undefined : `round-${at}`));
    const replies = await Promise.all(
      rounds.map((id) =>
        engine.clearRound(id === undefined ? Buffer.from('{') : bytesOf(goodRound({ id })))!,
      ),
    );
    const seen = new Set<string>();
    for (const [at, reply] of replies.entries()) {
      const id = rounds[at];
      if (id === undefined) expect(reply).toMatchObject({ refusal: { code: 'NOT_JSON' } });
      else {
        const recordId = 'answer' in reply ? reply.recordId! : '';
        seen.add(recordId);
        expect(JSON.parse(await readRecord(engine, recordId))).toMatchObject({ id });
      }
    }
    expect(seen.size).toBe(160);
  });

  test('of one round posted twice are two', async () => {
    const engine = await engineOf();
    const replies = [await engine.clearRound(GOOD_BYTES)!, await engine.clearRound(GOOD_BYTES)!];
    const ids = replies.map((reply) => ('answer' in reply ? reply.recordId : ''));
    expect(new Set(ids).size).toBe(2);
  });
});

describe('a record', () => {
  test('is canonical JSON, whatever the round', async () => {
    const engine = await engineOf();
    await fc.assert(
      fc.asyncProperty(ROUND, async (round) => {
        const record = await recordOf(engine, round);
        expect(canonicalJson(JSON.parse(record))).toBe(record);
      }),
      { numRuns: 150 },
    );
  });

  test('holds nothing of the request that nobody asked for', async () => {
    const engine = await engineOf();
    const secret = {
      user: 'SECRET-user',
      ip: 'SECRET-ip',
      nested: [{ note: 'SECRET-note' }],
      'SECRET-name': 1,
    };
    const round = {
      ...goodRound(),
      ...secret,
      lots: [{ ...lot('homepage', { floor: 0.85, deals: [] }), ...secret, deals: [{ id: 'd', ...secret }] }],
      bids: goodRound().bids.map((one) => ({ ...one, ...secret })),
    };
    expect(await recordOf(engine, round)).not.toContain('SECRET');
  });

  test('holds the hashes of tied bids and of no others', async () => {
    const engine = await engineOf();
    const bids = [bid('b1', 1), bid('b2', 1), bid('b3', 0.9), bid('b4', 0.95)];
    const record = JSON.parse(await recordOf(engine, goodRound({ bids }))) as {
      ties: Record<string, string>;
    };
    expect(Object.keys(record.ties)).toEqual(['b1', 'b2']);
    expect(Object.values(record.ties).every((hash) => /^[0-9a-f]{32}$/.test(hash))).toBe(true);
  });

  test('holds every bid once, with what it got', async () => {
    const engine = await engineOf();
    const { lots } = JSON.parse(await recordOf(engine, goodRound())) as { lots: { bids: object[] }[] };
    expect(lots[0]!.bids).toEqual([
      {
        award: { minimumToWinMicros: 900_000, priceMicros: 910_000, quantity: 1 },
        id: 'b1',
        priceMicros: 1_000_000,
        seat: 'seat-b1',
      },
      { id: 'b2', loss: 102, priceMicros: 900_000, seat: 'seat-b2' },
      { id: 'b3', loss: 100, priceMicros: 800_000, seat: 'seat-b3' },
    ]);
  });
});

async function recordOf(engine: Engine, round: unknown): Promise<string> {
  const reply = await engine.clearRound(bytesOf(round))!;
  if ('refusal' in reply) throw new Error(JSON.stringify(reply.refusal));
  return readRecord(engine, reply.recordId!);
}

/** One character for each byte, so that hashes survive too. */
async function readRecord(engine: Engine, id: string): Promise<string> {
  const record = await engine.ledger.readRecord(parseRecordId(id)!);
  return record!.toString('latin1');
}
