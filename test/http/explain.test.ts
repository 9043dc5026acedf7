import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/app.js';
import { parseRecordId } from '../../src/base/ids.js';
import type { Explanation } from '../../src/schema/explanation.js';
import { connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { expectRefusal } from '../support/envelope.js';
import { bytesOf, goodRound, lot } from '../support/rounds.js';

const RESERVED = goodRound({ lots: [lot('homepage', { floor: 0.85, reserve: 0.95 })] });

describe('GET /v1/explain', () => {
  test.each(['the id of its record', 'the id of its round'])('tells a decision by %s', async (by) => {
    const engine = await engineOf();
    const recordId = await clear(engine, RESERVED);
    const { status, headers, body } = await explain(engine, by.endsWith('record') ? recordId : 'round-1');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(body)).toMatchObject({
      record: recordId,
      round: 'round-1',
      outcome: 'cleared',
      lots: [
        {
          reserve: 0.95,
          stopped: [
            { bid: 'b2', reason: 'RESERVE_NOT_MET', change: { kind: 'price', price: 1.000001, tieAt: 1 } },
            { bid: 'b3', reason: 'BELOW_FLOOR' },
          ],
          ranked: [{ place: 1, bid: 'b1', won: true }],
          awards: [{ bid: 'b1', pays: 0.95, pricing: { basis: 'floor', floorOf: 'reserve' } }],
        },
      ],
    });
  });

  test('tells the newest record of a round', async () => {
    const engine = await engineOf();
    await clear(engine, RESERVED);
    const newest = await clear(engine, RESERVED);
    expect((JSON.parse((await explain(engine, 'round-1')).body) as Explanation).record).toBe(newest);
  });

  test.each([
    ['text/plain', 'text'],
    ['text/plain, */*', 'text'],
    ['*/*', 'json'],
    ['application/json, text/plain', 'json'],
  ])('answers Accept: %s with %s', async (accept, form) => {
    const engine = await engineOf();
    await clear(engine, RESERVED);
    const { headers, body } = await explain(engine, 'round-1', accept);
    expect(headers['content-type']).toMatch(form === 'text' ? /^text\/plain/ : /^application\/json/);
    expect(headers['vary']).toBe('accept');
    if (form === 'text')
      expect(body).toContain('It pays the reserve of the seller, 0.95: no other bid competes for it.');
  });

  test('tells a round under a policy of the catalogue with its numbers', async () => {
    const engine = await engineOf();
    const rules = [{ id: 'cap', kind: 'price-cap', max: 0.95, sentence: 'Nothing above 0.95.' }];
    await engine.publish({ kind: 'policy', name: 'house', bytes: bytesOf({ rules }), expected: undefined });
    await clear(engine, { ...goodRound(), policies: ['house'] });
    const { body } = await explain(engine, 'round-1', 'text/plain');
    expect(body).toContain('house@1/cap denies it: price is 1, the limit is 0.95. Nothing above 0.95.');
    expect(body).toContain('Would have won with 0.05 less: 0.95 instead of 1.00.');
  });
});

describe('what cannot be told', () => {
  test.each(['round-2', 'n0123456789abcdef-1-0'])('%s is not there', async (id) => {
    const engine = await engineOf();
    await clear(engine, RESERVED);
    expectRefusal(await explain(engine, id), { code: 'NOT_FOUND' });
  });

  test('the place behind the last record of a block', async () => {
    const engine = await engineOf();
    const { node, block } = parseRecordId(await clear(engine, RESERVED))!;
    expectRefusal(await explain(engine, `${node}-${block}-1`), { code: 'NOT_FOUND' });
    expectRefusal(await explain(engine, `${node}-${block + 1}-0`), { code: 'NOT_FOUND' });
  });

  test('the birth of a node, which is no decision', async () => {
    const engine = await engineOf();
    const { node } = parseRecordId(await clear(engine, RESERVED))!;
    expectRefusal(await explain(engine, `${node}-0-0`), { code: 'NOT_FOUND' });
  });

  test('a record of which only the hash is kept', async () => {
    const engine = await engineOf({ PARLEY_RETENTION: 'digest' });
    const recordId = await clear(engine, RESERVED);
    for (const id of [recordId, 'round-1'])
      expectRefusal(await explain(engine, id), { code: 'RECORD_NOT_KEPT' });
  });

  test('a record that went to make room', async () => {
    const engine = await engineOf({ PARLEY_TRAIL_BYTES_MAX: '1048576', PARLEY_BATCH_ROUNDS_MAX: '1' });
    const recordId = await clear(engine, RESERVED);
    const large = goodRound({
      id: 'large',
      bids: Array.from({ length: 500 }, (_, at) => {
        return {
          id: `b${at}`.padEnd(128, '-'),
          seat: 's'.repeat(128),
          lot: 'homepage',
          price: 1 + at / 1000,
        };
      }),
    });
    for (let sent = 0; sent < 10; sent++) await clear(engine, large);
    expectRefusal(await explain(engine, recordId), { code: 'TRIMMED' });
  });
});

async function clear(engine: Engine, round: unknown): Promise<string> {
  const reply = await engine.clearRound(bytesOf(round))!;
  if ('refusal' in reply) throw new Error(JSON.stringify(reply.refusal));
  return reply.recordId!;
}

/** One door for each engine, however often it is asked. */
const doors = new WeakMap<Engine, Promise<{ readonly port: number }>>();

async function explain(engine: Engine, id: string, accept = '*/*') {
  const door = doors.get(engine) ?? doorOf(engine);
  doors.set(engine, door);
  const connection = await connectTo(await door);
  return connection.ask({
    method: 'GET',
    path: `/v1/explain/${id}`,
    headers: { 'content-type': '', accept },
  });
}
