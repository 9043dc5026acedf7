import type { FastifyInstance } from 'fastify';
import { createDoor, type Engine, startEngine } from '../app.js';
import { describeTarget } from '../base/redis-target.js';
import { type Config, readConfig } from '../config/read-config.js';
import { LedgerUnavailable } from '../engine/ledger-port.js';
import { type Terminal, UsageError } from './terminal.js';

/** Serves until SIGTERM or SIGINT, then answers what was accepted and ends with status 0. */
export async function serve(terminal: Terminal): Promise<number> {
  if (terminal.args.length > 0)
    throw new UsageError('parley serve takes no arguments: every option is a variable.');
  const config = readConfig(terminal.environment);
  const engine = await started(config);
  const { door, address } = await opened(engine, config);
  const stopped = stopSignal();
  terminal.out(greeting(address, engine));
  await stopped;
  await closeWithin(door, engine, config.PARLEY_DRAIN_MS_MAX);
  return 0;
}

async function started(config: Config): Promise<Engine> {
  try {
    return await startEngine(config);
  } catch (error) {
    if (error instanceof LedgerUnavailable) throw new UsageError(`${error.message}: look at REDIS_URL.`);
    throw error;
  }
}

/** A door that cannot be opened must not leave an engine behind that nobody can reach. */
async function opened(engine: Engine, config: Config) {
  try {
    const door = await createDoor(engine);
    return { door, address: await listen(door, config) };
  } catch (error) {
    await engine.abandon();
    throw error;
  }
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

/** Resolves at the first signal; a second one does not wait for anything. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.once(name, () => {
        process.once(name, () => process.exit(130));
        resolve();
      });
    }
  });
}

/** Past the limit, connections that are still open are cut and rounds that are not decided are refused. */
async function closeWithin(door: FastifyInstance, engine: Engine, limitMs: number): Promise<void> {
  const timer = setTimeout(() => {
    door.server.closeAllConnections();
    void engine.abandon();
  }, limitMs);
  await door.close();
  await engine.close();
  clearTimeout(timer);
}

function ledgerSentence({ REDIS_URL: target }: Config): string {
  return target === undefined
    ? 'The ledger is embedded: records live in this process and are lost when it exits.'
    : `The ledger is ${describeTarget(target)}.`;
}

function greeting(address: string, { threads, node, config }: Engine): string {
  const asksForKeys = config.PARLEY_KEYS_FILE !== undefined;
  const key = asksForKeys ? ' -H "authorization: Bearer $PARLEY_KEY"' : '';
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
    ledgerSentence(config),
    asksForKeys ? 'Clear a first round, with your key in $PARLEY_KEY:' : 'Clear a first round:',
    '',
    `  curl -s ${address}/v1/rounds${key} -H 'content-type: application/json' -d '${JSON.stringify(round)}'`,
    '',
    `Metrics: ${address}/metrics   Interface: ${address}/docs   Stop: Ctrl-C`,
    '',
  ].join('\n');
}
