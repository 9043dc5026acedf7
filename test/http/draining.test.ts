import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createDoor } from '../../src/app.js';
import { connectTo } from '../support/connection.js';
import { type Asking, requestBytes } from '../support/http-messages.js';
import { engineOf } from '../support/engine.js';
import { expectRefusal } from '../support/envelope.js';
import { gatedWorker } from '../support/gated-worker.js';
import { GOOD_BYTES } from '../support/rounds.js';
import { until, within } from '../support/until.js';

/** So much of a request that the connection is not idle, and too little to have it answered. */
const BEGUN = 10;
const POLICY = '{"rules":[{"id":"cap","kind":"price-cap","max":1}]}';

/** A door whose only worker holds every round until the gate opens. */
async function gatedDoor() {
  const gate = gatedWorker();
  const door = await createDoor(await engineOf({}, gate.url));
  const address = await door.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => {
    door.server.closeAllConnections();
    return door.close();
  });
  return { door, gate, port: Number(new URL(address).port) };
}

test('a door that closes answers the rounds it accepted, and then it is closed', async () => {
  const { door, gate, port } = await gatedDoor();
  const accepted = await Promise.all(Array.from({ length: 10 }, () => connectTo({ port })));
  const arrived = countRequests(door.server);
  for (const connection of accepted) connection.send({ body: GOOD_BYTES });
  await until('all rounds have arrived', () => arrived.count === accepted.length);

  const closing = door.close();
  gate.open();
  for (const connection of accepted) expect((await connection.answer()).status).toBe(200);
  await within(3000, 'the door is closed, although clients keep their connections', closing);
});

test.each<[string, Asking]>([
  ['a round', { body: GOOD_BYTES }],
  ['a policy to publish', { method: 'PUT', path: '/v1/policies/house', body: POLICY }],
  ['a policy to check', { method: 'POST', path: '/v1/policies/check', body: POLICY }],
])(
  '%s that comes over a connection that is still open is refused, and readiness is denied',
  async (_, asking) => {
    const { door, port } = await gatedDoor();
    const arrived = countBytes(door.server);
    const [late, probing] = [await connectTo({ port }), await connectTo({ port })];
    const request = requestBytes(asking);
    const probe = requestBytes({ method: 'GET', path: '/readyz', headers: { 'content-type': '' } });
    late.write(request.subarray(0, BEGUN));
    probing.write(probe.subarray(0, BEGUN));
    await until('both requests have begun', () => arrived.count === 2 * BEGUN);

    void door.close();
    late.write(request.subarray(BEGUN));
    probing.write(probe.subarray(BEGUN));
    expectRefusal(await late.answer(), { code: 'DRAINING' });
    expect(await probing.answer()).toMatchObject({ status: 503 });
    await Promise.all([late.over(), probing.over()]);
  },
);

test('idle connections are ended at once, and new ones are not taken', async () => {
  const { door, gate, port } = await gatedDoor();
  gate.open();
  const idle = await connectTo({ port });
  await idle.ask({ body: GOOD_BYTES });
  void door.close();
  await idle.over(2000);
  await expect(connectTo({ port })).rejects.toThrow('ECONNREFUSED');
});

test('a large body that comes too late is refused so that a client that writes first and reads last can tell', async () => {
  const { door, port } = await gatedDoor();
  const arrived = countBytes(door.server);
  const connection = await connectTo({ port });
  const round = requestBytes({ body: Buffer.alloc(1_000_000, ' ') });
  connection.write(round.subarray(0, BEGUN));
  await until('the request has begun', () => arrived.count === BEGUN);
  void door.close();
  connection.socket.pause();
  connection.write(round.subarray(BEGUN));
  await until('every byte is written', () => connection.socket.writableLength === 0);
  connection.socket.resume();
  expectRefusal(await connection.answer(), { code: 'DRAINING' });
});

function countRequests(server: Server): { readonly count: number } {
  const arrived = { count: 0 };
  server.on('request', () => arrived.count++);
  return arrived;
}

/** Bytes that the connections opened from now on have brought. */
function countBytes(server: Server): { readonly count: number } {
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  return {
    get count() {
      return sockets.reduce((bytes, { bytesRead }) => bytes + bytesRead, 0);
    },
  };
}
