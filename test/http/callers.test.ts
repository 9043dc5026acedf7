import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hashOfKey, keyFrom } from '../../src/access/key.js';
import { createDoor } from '../../src/app.js';
import { type CallerEntry, type Role, ROLES } from '../../src/schema/keys-file.js';
import { type Connection, connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { launchBuilt } from '../support/built-process.js';
import { bid, bytesOf, goodRound } from '../support/rounds.js';
import { until } from '../support/until.js';

const keyOf = (name: string): string => keyFrom(Buffer.alloc(32, name));
const entry = (name: string, roles: readonly Role[], rest: Partial<CallerEntry> = {}): CallerEntry => ({
  name,
  roles: [...roles],
  keyHashes: [hashOfKey(keyOf(name))],
  ...rest,
});
const ONE_OF_EACH = ROLES.map((role) => entry(role, [role], { seats: ['*'] }));
const SEATS = ['alder', 'birch'];
const ROUND_OF_TWO = bytesOf(
  goodRound({
    bids: [
      { ...bid('b1', 1), seat: 'alder' },
      { ...bid('b2', 2), seat: 'cedar' },
    ],
  }),
);

describe('an engine with keys', () => {
  test('asks everywhere but at public addresses, and lets in whom a route names and nobody else', async () => {
    const engine = await engineOf({ PARLEY_KEYS_FILE: keysFile(ONE_OF_EACH) });
    const door = await createDoor(engine);
    onTestFinished(() => door.close());
    await door.ready();
    const addresses = [...door.admissions].filter(([address]) => !/ \/docs|^OPTIONS/.test(address));
    expect(addresses.length).toBeGreaterThan(20);
    for (const [address, admitted] of addresses) {
      const [method, url] = address.split(' ') as ['GET', string];
      const ask = async (headers: Record<string, string>) =>
        (await door.inject({ method, url: url.replace(/:\w+/, 'x'), headers })).statusCode;
      if (admitted === 'public') expect(await ask({}), address).toBe(200);
      else expect(await ask({}), address).toBe(401);
      for (const role of admitted === 'public' ? [] : ROLES) {
        const status = await ask({ authorization: `Bearer ${keyOf(role)}` });
        if (admitted.includes(role)) expect([401, 403], `${role} at ${address}`).not.toContain(status);
        else expect(status, `${role} at ${address}`).toBe(403);
      }
    }
  });

  test.each([
    ['no key', ''],
    ['a key that nobody has', `Bearer ${keyOf('stranger')}`],
    ['a key that has expired', `Bearer ${keyOf('past')}`],
    ['a key that is none', 'Bearer hunter2'],
    ['another scheme', `Basic ${keyOf('operator')}`],
  ])('answers 401 to %s, before it reads the body', async (_, authorization) => {
    const past = entry('past', ['operator'], { expiresAt: '2020-01-01T00:00:00Z' });
    const connection = await withKeys([...ONE_OF_EACH, past]);
    const { status, headers, body } = await connection.ask({ headers: { authorization }, body: '{' });
    expect({ status, asks: headers['www-authenticate'] }).toEqual({ status: 401, asks: 'Bearer' });
    expect(JSON.parse(body)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('knows a caller at an address that there is not', async () => {
    const connection = await withKeys(ONE_OF_EACH);
    const asking = { method: 'GET', path: '/v1/nothing', headers: authorizationOf('bidder') };
    expect((await connection.ask(asking)).status).toBe(404);
  });

  test.each<[string, string, number, string | undefined]>([
    ['a bidder of other seats', 'bound', 403, '/bids/1/seat'],
    ['a bidder of all seats', 'free', 200, undefined],
    ['a platform', 'platform', 200, undefined],
  ])('takes the bids of %s only where it may bid for them', async (_, name, status, path) => {
    const connection = await withKeys([
      entry('bound', ['bidder'], { seats: SEATS }),
      entry('free', ['bidder'], { seats: ['*'] }),
      entry('platform', ['operator', 'bidder'], { seats: SEATS }),
    ]);
    const answer = await connection.ask({ headers: authorizationOf(name), body: ROUND_OF_TWO });
    expect(answer.status).toBe(status);
    if (path !== undefined) expect(JSON.parse(answer.body)).toMatchObject({ code: 'FORBIDDEN', path });
  });

  test('holds the lines of a stream and the bids of OpenRTB to the same seats', async () => {
    const connection = await withKeys([entry('bound', ['bidder'], { seats: SEATS })]);
    const headers = authorizationOf('bound');
    const lines = { ...headers, 'content-type': 'application/x-ndjson' };
    const stream = await connection.ask({ path: '/v1/rounds/batch', headers: lines, body: ROUND_OF_TWO });
    expect(JSON.parse(stream.body)).toMatchObject({ code: 'FORBIDDEN', line: 1 });
    const request = { id: 'r', imp: [{ id: 'i', banner: { w: 1, h: 1 } }] };
    const seatbid = [{ seat: 'cedar', bid: [{ id: 'b', impid: 'i', price: 1 }] }];
    const body = JSON.stringify({ request, responses: [{ id: 'r', seatbid }] });
    const auction = await (await connectTo(connection.door)).ask({ path: '/openrtb2/clear', headers, body });
    expect(auction.status).toBe(403);
  });

  test('takes a new file over while it runs, and keeps what it had when the new one is bad', async () => {
    const file = keysFile([entry('first', ['operator'])]);
    const door = await doorOf(await engineOf({ PARLEY_KEYS_FILE: file }));
    const statusOf = async (name: string) => {
      const connection = await connectTo(door);
      const asking = { method: 'GET', path: '/v1/policies', headers: authorizationOf(name) };
      return (await connection.ask(asking)).status;
    };
    expect([await statusOf('first'), await statusOf('second')]).toEqual([200, 401]);
    writeFileSync(file, '{"callers": 7}');
    process.emit('SIGHUP');
    expect(await statusOf('first')).toBe(200);
    writeFileSync(file, textOf([entry('second', ['operator'])]));
    await until('the new keys are in force', async () => (await statusOf('second')) === 200);
    expect(await statusOf('first')).toBe(401);
  });
});

test('no key stands in the log, whatever is asked', async () => {
  const environment = {
    PARLEY_PORT: '0',
    PARLEY_LOG_LEVEL: 'trace',
    PARLEY_KEYS_FILE: keysFile(ONE_OF_EACH),
  };
  const { child, written, ended } = launchBuilt(['serve'], { environment });
  onTestFinished(() => void child.kill('SIGKILL'));
  await until('the engine listens', () => /listens on http:\S+:(\d+)/.test(written.stdout));
  const port = Number(/listens on http:\S+:(\d+)/.exec(written.stdout)![1]);
  for (const name of [...ROLES, 'stranger'])
    await (await connectTo({ port })).ask({ headers: authorizationOf(name), body: ROUND_OF_TWO });
  child.kill('SIGTERM');
  await ended;
  const logged = written.stdout + written.stderr;
  expect(logged).toMatch(/\/v1\/rounds/);
  for (const name of [...ROLES, 'stranger']) expect(logged).not.toContain(keyOf(name).slice(7));
});

function authorizationOf(name: string) {
  return { authorization: `Bearer ${keyOf(name)}` };
}

async function withKeys(
  callers: readonly CallerEntry[],
): Promise<Connection & { door: { readonly port: number } }> {
  const door = await doorOf(await engineOf({ PARLEY_KEYS_FILE: keysFile(callers) }));
  return Object.assign(await connectTo(door), { door });
}

function textOf(callers: readonly CallerEntry[]): string {
  return JSON.stringify({ callers });
}

function keysFile(callers: readonly CallerEntry[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-keys-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'keys.json');
  writeFileSync(file, textOf(callers));
  chmodSync(file, 0o600);
  return file;
}
