import { checkAnswers } from './check-answers.js';
import { type Row, rowOf, type Turn } from './report/figures.js';
import { generateRounds, type RoundSet } from './generate-rounds.js';
import { launchServer, type RunningServer } from './launch-server.js';
import { answersOf, BARE_ROUTE, type Group, type RowName, serverOf, TASK_PER_REQUEST } from './scenarios.js';
import { takeTurn, warm } from './take-turn.js';

/** How a run is measured. */
export interface Conditions {
  readonly connections: number;
  /** Of one turn. */
  readonly seconds: number;
  readonly warmSeconds: number;
  /** Different rounds of each size. */
  readonly bodies: number;
  readonly seed: number;
}

type Servers = ReadonlyMap<RowName, RunningServer>;

/** Starts every server of the group, measures them alternately, turn after turn, and stops them whatever happens. */
export async function runGroup(group: Group, conditions: Conditions, signal: AbortSignal): Promise<Row[]> {
  const rounds = generateRounds(group.bids, conditions.bodies, conditions.seed);
  const servers = await launchAll(group, rounds);
  try {
    signal.throwIfAborted();
    await checkAll(servers, rounds);
    const turns = await takeTurns(group, servers, rounds, { ...conditions, signal });
    await checkAll(servers, rounds);
    const yardsticks = { rate: turns.get(TASK_PER_REQUEST)!, cpu: turns.get(BARE_ROUTE)! };
    return group.rows.map((row) => rowOf(group, row, turns.get(row)!, yardsticks));
  } finally {
    await stopAll(servers.values());
  }
}

/** All or none: when one does not start, the others are stopped. */
async function launchAll(group: Group, rounds: RoundSet): Promise<Servers> {
  const launches = await Promise.allSettled(
    group.rows.map(async (row) => [row, await launchServer(serverOf(row, group, rounds))] as const),
  );
  const servers = new Map(
    launches.flatMap((launch) => (launch.status === 'fulfilled' ? [launch.value] : [])),
  );
  const failure = launches.find((launch) => launch.status === 'rejected');
  if (failure === undefined) return servers;
  await stopAll(servers.values());
  throw failure.reason;
}

async function stopAll(servers: Iterable<RunningServer>): Promise<void> {
  await Promise.all([...servers].map((server) => server.stop()));
}

async function checkAll(servers: Servers, rounds: RoundSet): Promise<void> {
  for (const [row, server] of servers) await checkAnswers(server, rounds.bodies, answersOf(row, rounds));
}

async function takeTurns(
  group: Group,
  servers: Servers,
  { bodies }: RoundSet,
  { connections, seconds, warmSeconds, signal }: Conditions & { readonly signal: AbortSignal },
): Promise<Map<RowName, Turn[]>> {
  const turns = new Map(group.rows.map((row): [RowName, Turn[]] => [row, []]));
  const load = { connections, bodies, signal };
  for (const server of servers.values()) await warm(server, warmSeconds, load);
  for (let turn = 0; turn < group.turns; turn++) {
    for (const [row, server] of servers) turns.get(row)!.push(await takeTurn(server, seconds, load));
  }
  return turns;
}
