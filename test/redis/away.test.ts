import { describe, expect, onTestFinished, test } from 'vitest';
import type { RedisProcess } from '../../bench/redis/redis-process.js';
import { freePort } from '../../bench/redis/redis-process.js';
import { LedgerUnavailable } from '../../src/engine/ledger-port.js';
import { block, grow } from '../support/blocks.js';
import { privateRedis } from '../support/redis.js';
import { redisLedger } from '../support/redis-ledger.js';
import { until } from '../support/until.js';

const NODE = 'n00000000000000aa';
const SHORT = { commandMsMax: 500 };
/** A replica is served at once. */
const PROMPT = ['--repl-diskless-sync-delay', '0'];
const BACK_MS_MAX = 20_000;

describe('a Redis that goes away', () => {
  test('is known to be away, refuses certainly, and is used again with all it had', async () => {
    const redis = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
    const ledger = await redisLedger(redis.url, SHORT);
    await grow(ledger, NODE, 2);
    await redis.kill();
    await until('it is known', () => !ledger.isAvailable);
    await expect(ledger.append(block(NODE, 2), block(NODE, 1).checkpoint)).rejects.toThrow(LedgerUnavailable);
    await redis.start();
    await until('it is back', () => ledger.isAvailable, BACK_MS_MAX);
    expect(await ledger.append(block(NODE, 2), block(NODE, 1).checkpoint)).toEqual({ appended: true });
    expect(await ledger.readBlocks(NODE, 0, 9)).toEqual([0, 1, 2].map((number) => block(NODE, number)));
  });

  test('leaves open what became of a block that was under way when it fell silent', async () => {
    const redis = await startRedis();
    const ledger = await redisLedger(redis.url, SHORT);
    await grow(ledger, NODE, 2);
    redis.pause();
    const fault: unknown = await ledger
      .append(block(NODE, 2), block(NODE, 1).checkpoint)
      .catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Error);
    expect(fault).not.toBeInstanceOf(LedgerUnavailable);
    expect(ledger.isAvailable).toBe(false);
    redis.resume();
    await until('it is back', () => ledger.isAvailable, BACK_MS_MAX);
    expect(await ledger.append(block(NODE, 2), block(NODE, 1).checkpoint)).toEqual({ appended: true });
    expect(await ledger.readHead(NODE)).toMatchObject({ size: 3 });
  });

  test('is away while it has no memory for another block, although it answers', async () => {
    const redis = await startRedis();
    const ledger = await redisLedger(redis.url, SHORT);
    await grow(ledger, NODE, 2);
    await redis.ask('CONFIG', 'SET', 'maxmemory', '1');
    await expect(ledger.append(block(NODE, 2), block(NODE, 1).checkpoint)).rejects.toThrow(LedgerUnavailable);
    expect(ledger.isAvailable).toBe(false);
    expect(await ledger.readBlock(NODE, 2)).toBeUndefined();
    expect(await ledger.readBlocks(NODE, 0, 9)).toHaveLength(2);
    await redis.ask('CONFIG', 'SET', 'maxmemory', '0');
    await until('it is back', () => ledger.isAvailable);
    expect(await ledger.append(block(NODE, 2), block(NODE, 1).checkpoint)).toEqual({ appended: true });
  });

  test('takes scripts again that it has forgotten', async () => {
    const redis = await startRedis();
    const ledger = await redisLedger(redis.url);
    await grow(ledger, NODE, 1);
    await redis.ask('SCRIPT', 'FLUSH');
    expect(await ledger.append(block(NODE, 1), block(NODE, 0).checkpoint)).toEqual({ appended: true });
  });
});

describe('a block that has to stand on a replica', () => {
  const REPLICATED = { commandMsMax: 2500, replicatedMsMax: 2500 };

  test('stands when a replica has it', async () => {
    const master = await startRedis();
    const replica = await replicaOf(master);
    const ledger = await redisLedger(master.url, REPLICATED);
    await grow(ledger, NODE, 3);
    const onReplica = await redisLedger(replica.url);
    expect(await onReplica.readHead(NODE)).toMatchObject({ size: 3 });
  });

  test('is not known to stand while no replica has it, also when it is sent again', async () => {
    const master = await startRedis();
    const replica = await replicaOf(master);
    const ledger = await redisLedger(master.url, REPLICATED);
    await grow(ledger, NODE, 1);
    replica.pause();
    const next = () => ledger.append(block(NODE, 1), block(NODE, 0).checkpoint);
    for (const fault of [await failureOf(next()), await failureOf(next())])
      expect(fault).not.toBeInstanceOf(LedgerUnavailable);
    const another = await redisLedger(master.url, REPLICATED);
    await expect(another.append(block(NODE, 1), block(NODE, 0).checkpoint)).rejects.toThrow(/replica/);
    replica.resume();
    await until(
      'a replica has it',
      async () => (await next().catch(() => undefined))?.appended === true,
      BACK_MS_MAX,
    );
  });
});

describe('a Redis that cannot be used', () => {
  test.each([
    ['nobody listens', '', 'ECONNREFUSED'],
    ['it asks for a password', '127.0.0.1', 'NOAUTH'],
    ['it asks for another password', ':hunter2@127.0.0.1', 'WRONGPASS'],
    ['it has no such database', ':right@127.0.0.1', 'DB index'],
  ])('is said to be so when %s, and the password is not', async (_, where, cause) => {
    const redis = where === '' ? undefined : await startRedis();
    await redis?.ask('CONFIG', 'SET', 'requirepass', 'right');
    const port = redis?.port ?? (await freePort());
    const url = `redis://${where === '' ? ':hunter2@127.0.0.1' : where}:${port}/${cause === 'DB index' ? 99 : 0}`;
    const fault = await failureOf(redisLedger(url, SHORT));
    expect(fault).toBeInstanceOf(LedgerUnavailable);
    expect(fault.message).toContain(cause);
    expect(`${fault.message}${fault.stack ?? ''}`).not.toMatch(/hunter2|right@/);
    expect(Object.keys(fault)).toEqual(['name']);
  });

  test('is given up in time when Sentinels do not answer', async () => {
    const url = `redis+sentinel://127.0.0.1:${await freePort()}/main`;
    expect(await failureOf(redisLedger(url, SHORT))).toBeInstanceOf(LedgerUnavailable);
  });
});

async function failureOf(doing: Promise<unknown>): Promise<Error> {
  const fault: unknown = await doing.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof Error)) throw new Error('It did not fail.');
  return fault;
}

async function startRedis(settings: readonly string[] = []): Promise<RedisProcess> {
  const redis = await privateRedis({ fsync: 'none', settings: [...PROMPT, ...settings] });
  onTestFinished(() => redis.stop());
  return redis;
}

async function replicaOf(master: RedisProcess): Promise<RedisProcess> {
  const replica = await startRedis(['--replicaof', `127.0.0.1 ${master.port}`]);
  // Only what it confirms counts, and the first time it confirms anything is a second after it was connected.
  await until('the replica confirms what it has', async () =>
    /slave0:.*state=online,offset=[1-9]/.test(String(await master.ask('INFO', 'replication'))),
  );
  return replica;
}
