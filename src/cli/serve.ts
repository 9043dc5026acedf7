import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import { createDoor, type Engine, startEngine } from '../app.js';
import { type Config, ConfigError, readConfig } from '../config/read-config.js';
import { type Terminal, UsageError } from './terminal.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Serves until SIGTERM or SIGINT, then answers what was accepted and ends with status 0. */
export async function serve(terminal: Terminal): Promise<number> {
  if (terminal.args.length > 0)
    throw new UsageError('parley serve takes no arguments: every option is a variable.');
  const config = readConfig(terminal.environment);
  refuseOpenAddress(config);
  const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const engine = await startEngine(config);
  const door = await createDoor(engine);
  const address = await listen(door, config);
  terminal.out(greeting(address, engine));
  await stopped;
  await closeWithin(door, config.PARLEY_DRAIN_MS_MAX);
  await engine.close();
  return 0;
}

async function listen(
  door: FastifyInstance,
  { PARLEY_HOST: host, PARLEY_PORT: port }: Config,
): Promise<string> {
  try {
    return await door.listen({ host, port });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') throw new UsageError(`PARLEY_PORT ${port} is taken by another program.`);
    if (code === 'EACCES') throw new UsageError(`PARLEY_PORT ${port} needs rights this user does not have.`);
    throw error;
  }
}

/** Callers have no keys yet, so only this machine may call. */
function refuseOpenAddress({ PARLEY_HOST: host }: Config): void {
  if (LOOPBACK.has(host)) return;
  throw new ConfigError(
    `PARLEY_HOST ${host} would let anybody call the engine: without keys it listens on loopback only.`,
  );
}

/** Connections that are still open past the limit are cut. */
async function closeWithin(door: FastifyInstance, limitMs: number): Promise<void> {
  const timer = setTimeout(() => {
    door.server.closeAllConnections();
  }, limitMs);
  await door.close();
  clearTimeout(timer);
}

function greeting(address: string, { threads, node }: Engine): string {
  const round = {
    id: 'hello',
    format: 'second-price',
    currency: 'USD',
    lots: [{ id: 'homepage', floor: 0.85 }],
    bids: [
      { id: 'b1', seat: 'alder', lot: 'homepage', price: 1 },
      { id: 'b2', seat: 'birch', lot: 'homepage', price: 0.9 },
      { id: 'b3', seat: 'cedar', lot: 'homepage', price: 0.8 },
    ],
  };
  return [
    `Parley listens on ${address} (node ${node}, ${threads} worker ${threads === 1 ? 'thread' : 'threads'}).`,
    'The ledger is embedded: records live in this process and are lost when it exits.',
    'Clear a first round:',
    '',
    `  curl -s ${address}/v1/rounds -H 'content-type: application/json' -d '${JSON.stringify(round)}'`,
    '',
    `Metrics: ${address}/metrics   Interface: ${address}/docs   Stop: Ctrl-C`,
    '',
  ].join('\n');
}
