import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { RedisClusterProcesses } from '../../bench/redis/redis-cluster-processes.js';
import { redisProgram, type RedisOptions, RedisProcess } from '../../bench/redis/redis-process.js';

/** A package may have to be installed first. */
const START_MS_MAX = 180_000;
const APT = ['-qq', '-y', '-o', 'DPkg::Lock::Timeout=120'];

/**
 * Where the tests of a file find a Redis: the one that REDIS_URL names, or a private one on a free port. Nothing of
 * anybody else is touched, because every use of `namespaced` gets keys of its own.
 */
export function redisForThisFile(): () => string {
  const named = process.env['REDIS_URL'];
  if (named !== undefined && named !== '') return () => named;
  return forThisFile(() => privateRedis({ fsync: 'none' }));
}

/** Three masters with a replica each. */
export function clusterForThisFile(): () => string {
  return forThisFile(() => {
    installIfNeeded();
    return RedisClusterProcesses.start('none');
  });
}

/** A Redis that a test may kill; the caller stops it. */
export function privateRedis(options: RedisOptions): Promise<RedisProcess> {
  installIfNeeded();
  return RedisProcess.start(options);
}

function forThisFile(start: () => Promise<{ readonly url: string; stop(): Promise<void> }>): () => string {
  let started: { readonly url: string; stop(): Promise<void> } | undefined;
  beforeAll(async () => {
    started = await start();
  }, START_MS_MAX);
  afterAll(() => started?.stop());
  return () => started!.url;
}

/** The same Redis, empty. */
export function namespaced(url: string): string {
  return `${url}?namespace=test-${randomBytes(6).toString('hex')}:`;
}

/** Debian's package, where this process may install one. @throws with the sentence that says how to get a Redis. */
export function installIfNeeded(): void {
  try {
    redisProgram();
  } catch (missing) {
    if (process.getuid?.() !== 0 || !hasApt()) throw missing;
    for (const args of [['update'], ['install', '--no-install-recommends', 'redis-server']])
      spawnSync('apt-get', [...APT, ...args], { stdio: 'ignore', env: { ...process.env, RUNLEVEL: '1' } });
    redisProgram();
  }
}

function hasApt(): boolean {
  return spawnSync('apt-get', ['--version']).status === 0;
}
