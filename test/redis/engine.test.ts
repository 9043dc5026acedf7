import { describe, expect, onTestFinished, test } from 'vitest';
import type { RedisProcess } from '../../bench/redis/redis-process.js';
import { parseRecordId } from '../../src/base/ids.js';
import type { Environment } from '../../src/config/read-config.js';
import { capAt, catalogueCalls } from '../support/catalogue-calls.js';
import { connectTo, type Connection } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { expectRefusal } from '../support/envelope.js';
import type { Answer } from '../support/http-messages.js';
import { privateRedis } from '../support/redis.js';
import { redisLedger } from '../support/redis-ledger.js';
import { bytesOf, goodRound } from '../support/rounds.js';
import { until, within } from '../support/until.js';

const BACK_MS_MAX = 20_000;

describe('an engine whose Redis', () => {
  test('is killed and started again refuses meanwhile, and keeps what it has acknowledged', async () => {
    const redis = await startRedis('always');
    const { connection, isReady } = await engineOn(redis);
    const told = [await clear(connection, 1)];
    await redis.kill();
    await until('it is not ready', async () => !(await isReady()));
    for (let at = 2; at < 5; at++) expectRefusal(await clear(connection, at), { code: 'LEDGER_UNAVAILABLE' });
    await redis.start();
    await until('it is ready', isReady, BACK_MS_MAX);
    told.push(await clear(connection, 5));
    expect(await storedRounds(redis, told)).toEqual(['round-1', 'round-5']);
  });

  test('is killed under load answers each round once, and tells the truth about it', async () => {
    const redis = await startRedis('always');
    const { connection, isReady, door } = await engineOn(redis);
    const told: Answer[] = [];
    const callers = Array.from({ length: 4 }, async (_, caller) => {
      const own = await connectTo(door);
      for (let at = 0; at < 60; at++) {
        told.push(await clear(own, 1000 * (caller + 1) + at));
        if (told.length === 40) await redis.kill();
        if (told.length === 120) await redis.start();
      }
    });
    await Promise.all(callers);
    await until('it is ready', isReady, BACK_MS_MAX);
    told.push(await clear(connection, 1));
    expect(told).toHaveLength(241);
    const accepted = told.filter(({ status }) => status === 200);
    const refused = told.filter(({ status }) => status !== 200).map(({ body }) => codeOf(body));
    expect(new Set(refused).size).toBeGreaterThan(0);
    for (const code of refused) expect(['LEDGER_UNAVAILABLE', 'OUTCOME_UNKNOWN']).toContain(code);
    expect(await storedRounds(redis, accepted)).toEqual(accepted.map(({ body }) => idOf(body)));
  });

  test('falls silent is not waited for without end, and answered again when it speaks', async () => {
    const redis = await startRedis('none');
    const { connection, isReady } = await engineOn(redis);
    await clear(connection, 1);
    redis.pause();
    const first = await within(5000, 'the round is refused', clear(connection, 2));
    expect(first.status).toBe(503);
    await until('it is not ready', async () => !(await isReady()));
    expectRefusal(await clear(connection, 3), { code: 'LEDGER_UNAVAILABLE' });
    redis.resume();
    await until('it is ready', isReady, BACK_MS_MAX);
    expect((await clear(connection, 4)).status).toBe(200);
  });

  test('has no memory is not ready before it has some', async () => {
    const redis = await startRedis('none');
    const { connection, isReady } = await engineOn(redis);
    await clear(connection, 1);
    await redis.ask('CONFIG', 'SET', 'maxmemory', '1');
    expectRefusal(await clear(connection, 2), { code: 'LEDGER_UNAVAILABLE' });
    expect(await isReady()).toBe(false);
    await redis.ask('CONFIG', 'SET', 'maxmemory', '0');
    await until('it is ready', isReady, BACK_MS_MAX);
    const answer = await clear(connection, 3);
    expect(await storedRounds(redis, [answer])).toEqual(['round-3']);
  });
});

test('an answer that waits for nothing has its record once Redis speaks again', async () => {
  const redis = await startRedis('none');
  const { connection } = await engineOn(redis, {
    PARLEY_DURABILITY: 'async',
    PARLEY_LEDGER_MS_MAX: '20000',
  });
  redis.pause();
  const answer = await clear(connection, 1);
  expect(answer.status, answer.body).toBe(200);
  redis.resume();
  await until('the record stands', async () => (await storedRounds(redis, [answer]))[0] === 'round-1');
});

test('what one engine publishes is in force on another within a second', async () => {
  const redis = await startRedis('none');
  const [one, other] = [await engineOn(redis), await engineOn(redis)];
  const round = (version: number) => bytesOf(goodRound({ policies: [`house@${version}`] }));
  const tookMs: number[] = [];
  for (const version of [1, 2, 3, 4, 5]) {
    expect((await catalogueCalls(one.connection).put('house', capAt(version))).status).toBeLessThan(300);
    const publishedAtMs = performance.now();
    await until(
      `version ${version} is in force`,
      async () => (await other.connection.ask({ body: round(version) })).status === 200,
    );
    tookMs.push(performance.now() - publishedAtMs);
  }
  // The machine may stand still for a moment; most of the time it does not.
  expect(tookMs.toSorted((a, b) => a - b)[2]).toBeLessThan(1000);
  expect((await other.connection.ask({ body: round(6) })).status).toBe(422);
});

async function engineOn(redis: RedisProcess, environment: Environment = {}) {
  const engine = await engineOf({
    REDIS_URL: redis.url,
    PARLEY_LEDGER_MS_MAX: '1000',
    ...environment,
  });
  const door = await doorOf(engine);
  const connection = await connectTo(door);
  const isReady = async (): Promise<boolean> => (await fetch(`${door.address}/readyz`)).status === 200;
  return { engine, door, connection, isReady };
}

function clear(connection: Connection, id: number): Promise<Answer> {
  return connection.ask({ body: bytesOf(goodRound({ id: `round-${id}` })) });
}

/** The ids of the rounds whose records stand where the answers say. */
async function storedRounds(redis: RedisProcess, answers: readonly Answer[]): Promise<readonly unknown[]> {
  const ledger = await redisLedger(redis.url);
  return Promise.all(
    answers.map(async ({ headers }) => {
      const address = parseRecordId(headers['parley-record'] ?? '');
      const record = address && (await ledger.readRecord(address));
      return record && idIn(record.toString());
    }),
  );
}

function idIn(record: string): unknown {
  return /"(round-\d+)"/.exec(record)?.[1];
}

function idOf(body: string): string {
  return (JSON.parse(body) as { readonly id: string }).id;
}

function codeOf(body: string): string {
  return (JSON.parse(body) as { readonly code: string }).code;
}

async function startRedis(fsync: 'always' | 'none'): Promise<RedisProcess> {
  const redis = await privateRedis({ fsync });
  onTestFinished(() => redis.stop());
  return redis;
}
