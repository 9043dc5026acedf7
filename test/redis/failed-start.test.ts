import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { launchBuilt } from '../support/built-process.js';
import { namespaced, redisForThisFile } from '../support/redis.js';
import { within } from '../support/until.js';

const ENDS_MS_MAX = 25_000;
const url = redisForThisFile();

describe('a start on Redis that fails half way ends the process and keeps nothing open', () => {
  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['the keys file is missing', { PARLEY_KEYS_FILE: 'missing.json' }, /^The keys file missing\.json/],
    ['the port is taken', {}, /^PARLEY_PORT \d+ is taken/],
  ])('%s', async (_, environment, says) => {
    const port = String(await takenPort());
    const given = { REDIS_URL: namespaced(url()), PARLEY_PORT: port, ...environment };
    const { child, ended } = launchBuilt(['serve'], { environment: given });
    onTestFinished(() => void child.kill('SIGKILL'));
    const { status, stderr } = await within(ENDS_MS_MAX, 'the process has ended', ended);
    expect(stderr).toMatch(says);
    expect(status).toBe(2);
  });
});

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server on a port has an address');
  return address.port;
}
