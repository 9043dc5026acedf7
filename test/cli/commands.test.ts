import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runBuilt } from '../support/built-process.js';
import { serveThisTest } from '../support/built-server.js';

describe('parley', () => {
  test.each([[['help']], [['--help']], [[]]])('%j lists the commands', async (args) => {
    const { status, stdout, stderr } = await runBuilt(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const command of [
      'serve',
      'clear FILE|-',
      'clear --batch FILE|-',
      'export FILE|-',
      'verify FILE|-',
      'replay ID|--all|-',
      'explain ID|FILE|-',
      'demo',
    ])
      expect(stdout).toContain(`parley ${command}`);
  });

  test.each(['sell', 'constructor', ' '])('%j is no command', async (name) => {
    const { status, stdout, stderr } = await runBuilt([name]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^There is no command /);
    expect(stderr).toContain('parley serve');
  });
});

describe('parley serve', () => {
  test('says where it listens, that records are lost, and a first round that works as pasted', async () => {
    const server = await serveThisTest();
    const { stdout } = server.written;
    expect(stdout).toContain(`Parley listens on ${server.address}`);
    expect(stdout).toMatch(/lost when it exits/);
    const [, address, body] = /curl -s (\S+) -H 'content-type: application\/json' -d '([^']+)'/.exec(stdout)!;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(address!, { method: 'POST', headers, body: body! });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ outcome: 'cleared', awards: [{ bid: 'b1' }] });
  });

  test.each<[Record<string, string>, RegExp]>([
    [{ PARLEY_PROT: '80' }, /^PARLEY_PROT is not an option/],
    [{ PARLEY_PORT: 'http' }, /^PARLEY_PORT must be /],
    [{ PARLEY_KEYS_FILE: 'keys.json' }, /^The keys file keys\.json cannot be used\.\nIt cannot be read: /],
    [{ PARLEY_HOST: '192.0.2.1' }, /^PARLEY_HOST must be a loopback address/],
  ])('does not start with %j', async (environment, says) => {
    const { status, stdout, stderr } = await runBuilt(['serve'], { environment });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\bat .+:\d+:\d+/);
  });

  test('does not tell the tie key when another option is wrong', async () => {
    const environment = { PARLEY_TIE_KEY: 'f00d'.repeat(16), PARLEY_PORT: 'http' };
    const { status, stdout, stderr } = await runBuilt(['serve'], { environment });
    expect(status).toBe(2);
    expect(stdout + stderr).not.toContain('f00d');
  });

  test('says in a sentence that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { status, stdout, stderr } = await runBuilt(['serve'], { environment: { PARLEY_PORT: port } });
    expect(stderr).not.toMatch(/\bat .+:\d+:\d+/);
    expect(stderr).toContain(port);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  test('starts with the least that every option allows', async () => {
    const server = await serveThisTest({
      PARLEY_BODY_BYTES_MAX: '1024',
      PARLEY_BIDS_MAX: '1',
      PARLEY_LOTS_MAX: '1',
      PARLEY_NESTING_MAX: '8',
      PARLEY_QUEUE_MAX: '1',
      PARLEY_BATCH_ROUNDS_MAX: '1',
      PARLEY_BATCH_BYTES_MAX: '1024',
      PARLEY_INTAKE_BYTES_MAX: '1048576',
      PARLEY_HANG_MS_MAX: '100',
      PARLEY_REQUEST_MS_MAX: '100',
      PARLEY_DRAIN_MS_MAX: '100',
      PARLEY_TRAIL_BYTES_MAX: '1048576',
    });
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
  });
});
