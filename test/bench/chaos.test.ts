import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, describe, expect, test } from 'vitest';
import { builtPath } from '../support/build.js';
import { installIfNeeded } from '../support/redis.js';

/** Each starts a Redis and two engines. */
const LIMIT_MS = 120_000;
const SHORT = ['--seconds', '1'];

beforeAll(installIfNeeded, LIMIT_MS);

describe('a short run under faults', () => {
  test.each(['kill-node'])(
    'keeps every promise: %s',
    async (scenario) => {
      const { status, said } = await chaos('--only', scenario, ...SHORT);
      expect(said).toMatch(/, [1-9]\d* acknowledged; /);
      expect(said).not.toContain('BROKEN');
      expect(status).toBe(0);
    },
    LIMIT_MS,
  );

  test.each(['forgetful', 'amnesic'])(
    'fails when a fault is planted: %s',
    async (canary) => {
      const { status, said } = await chaos('--only', 'restart-redis', '--canary', canary, ...SHORT);
      expect(said).toContain('BROKEN');
      expect(status).toBe(1);
    },
    LIMIT_MS,
  );
});

test.each([
  ['a scenario', ['--only', 'nothing'], /^There is no scenario nothing\.$/m],
  ['a canary', ['--canary', 'none'], /^There is no canary none\.$/m],
])('%s that does not exist is an error of the caller', async (_, args, says) => {
  const { status, said } = await chaos(...args);
  expect(said).toMatch(says);
  expect(status).toBe(2);
});

/** The seed stands in what the run says, so that a failure can be tried again. */
async function chaos(...args: readonly string[]) {
  const child = spawn(process.execPath, [builtPath('bench/chaos/main.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child, 'close');
  return { status: child.exitCode, said };
}
