import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { refuse } from './base/errors.js';
import { nodeIdFrom } from './base/ids.js';
import { VERSION } from './base/version.js';
import type { Config } from './config/read-config.js';
import { openRtbOptions } from './config/openrtb-options.js';
import { roundLimits } from './config/round-limits.js';
import { clearRoundsWith, type RoundReply } from './engine/clear-rounds.js';
import type { BulkPorts } from './engine/bulk/clear-lines.js';
import { Lane, type LaneLimits } from './engine/bulk/lane.js';
import { Catalogue, showVersion } from './engine/catalogue.js';
import { foreseeVersionWith } from './engine/foresee-version.js';
import { type Publish, publishWith } from './engine/publish.js';
import { type Identity, NodeLog } from './engine/node-log.js';
import type { Ledger } from './engine/ledger-port.js';
import { explainDecisionWith } from './engine/explain/explain-decision.js';
import { findReceiptWith } from './engine/trail/find-receipt.js';
import { listLogsWith } from './engine/trail/list-logs.js';
import { LogTree } from './engine/trail/log-tree.js';
import { newestCheckpointWith } from './engine/trail/newest-checkpoint.js';
import { proveConsistencyWith } from './engine/trail/prove-consistency.js';
import { readBlocksWith } from './engine/trail/read-blocks.js';
import { createServer } from './http/server.js';
import { MemoryLedger } from './memory/ledger.js';
import { systemClock } from './memory/system-clock.js';
import { Batcher, type Patience } from './pool/batcher.js';
import { WorkerPool } from './pool/worker-pool.js';
import type { PendingRound, RequestKind } from './rounds/batch/batch-request.js';
import { bulkMetrics } from './telemetry/bulk-metrics.js';
import { catalogueMetrics } from './telemetry/catalogue-metrics.js';
import { httpMetrics } from './telemetry/http-metrics.js';
import { createLogger, logJournal } from './telemetry/logger.js';
import { prometheusMeter } from './telemetry/meter.js';
import { createRegistry } from './telemetry/registry.js';
import { originOf, signingKey } from './trail/checkpoint.js';

/** The engine without a door: HTTP stands in front of it, the command line uses it as it is. */
export interface Engine {
  readonly node: string;
  readonly threads: number;
  readonly config: Config;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly ledger: Ledger;
  /** Undefined when no records are kept. */
  readonly log: NodeLog | undefined;
  readonly catalogue: Catalogue;
  readonly publish: Publish;
  /** Whether the engine has all the work it accepts. */
  readonly isOverloaded: () => boolean;
  /** Undefined when the engine has all the work it accepts. `ageMs` is how long ago the round began to arrive. */
  readonly clearRound: (bytes: Buffer, ageMs?: number) => Promise<RoundReply> | undefined;
  /** An OpenRTB auction, in the same queue. */
  readonly clearOpenRtb: (bytes: Buffer, ageMs?: number) => Promise<RoundReply> | undefined;
  /** Clears the lines of streams, which wait for their turn instead of being refused. */
  readonly bulk: BulkPorts;
  /** Tries a policy on a bid or a round, as the rounds are cleared: on a worker, in the same queue. */
  readonly checkPolicy: (reference: string, bytes: Buffer, ageMs?: number) => Promise<RoundReply> | undefined;
  /** Explains a decision from its record, on a worker, in the same queue. */
  readonly explainRecord: (subject: string, bytes: Buffer) => Promise<RoundReply> | undefined;
  /** Ends when every accepted round is decided, also those whose callers have left. */
  readonly close: () => Promise<void>;
  /** Ends at once; what is not decided is refused. */
  readonly abandon: () => Promise<void>;
}

/** Wires the rooms together and warms the pool. `worker` replaces the built worker, for tests of its failures. */
export async function startEngine(config: Config, worker?: URL): Promise<Engine> {
  const node = nodeIdFrom(randomBytes(8));
  const tieKey = config.PARLEY_TIE_KEY ?? new Uint8Array(randomBytes(32));
  const threads = config.PARLEY_THREADS ?? defaultThreads();
  const logger = createLogger(config.PARLEY_LOG_LEVEL);
  const journal = logJournal(logger);
  const registry = createRegistry();
  const ledger = new MemoryLedger(
    {
      trailBytesMax: config.PARLEY_TRAIL_BYTES_MAX,
      catalogueBytesMax: config.PARLEY_CATALOGUE_BYTES_MAX,
      retryBytesMax: config.PARLEY_IDEMPOTENCY_BYTES_MAX,
      sessionsMax: config.PARLEY_SESSIONS_MAX,
      eventsPerSessionMax: config.PARLEY_SESSION_EVENTS_MAX,
    },
    systemClock,
  );
  const catalogue = new Catalogue(ledger, config.PARLEY_CATALOGUE_BYTES_MAX);
  const retention = config.PARLEY_RETENTION;
  const pool = new WorkerPool({
    threads,
    hangMs: config.PARLEY_HANG_MS_MAX,
    clearing: {
      limits: roundLimits(config),
      tieKey,
      retention,
      catalogue: catalogue.shared,
      openRtb: openRtbOptions(config),
    },
    journal,
    clock: systemClock,
    ...(worker === undefined ? {} : { worker }),
  });
  const log = retention === 'off' ? undefined : await openLog(node, tieKey, ledger, retention);
  const meter = prometheusMeter(registry, () => batcher.queued);
  catalogueMetrics(registry, catalogue);
  const story = clearRoundsWith({ node, pool, log, clock: systemClock, meter, journal });
  const batcher = new Batcher<PendingRound, RoundReply>(
    batcherLimits(config, threads),
    story,
    patience(config),
  );
  const enqueue = (job: Omit<PendingRound, 'arrivedAtMs'>, ageMs: number) =>
    batcher.submit({ ...job, arrivedAtMs: systemClock.monotonicMs() - ageMs });
  const submit = (kind: RequestKind, subject: string, bytes: Buffer, ageMs: number) =>
    batcher.isFull ? undefined : enqueue({ kind, subject, bytes }, ageMs);
  const nestingMax = config.PARLEY_NESTING_MAX;
  const publish = publishWith({ ledger, catalogue, log, clock: systemClock, journal, nestingMax });
  await catalogue.follow();
  await pool.warm();
  return {
    node,
    threads,
    config,
    logger,
    registry,
    ledger,
    log,
    catalogue,
    publish,
    isOverloaded: () => batcher.isFull,
    clearRound: (bytes, ageMs = 0) => submit('clear-round', '', bytes, ageMs),
    clearOpenRtb: (bytes, ageMs = 0) => submit('clear-openrtb', '', bytes, ageMs),
    bulk: {
      lane: new Lane(laneLimits(config, threads)),
      clear: (bytes, ageMs, fallbackId = '') =>
        enqueue({ kind: 'clear-round', subject: fallbackId, bytes, isPatient: true }, ageMs),
      clock: systemClock,
      journal,
    },
    checkPolicy: (reference, bytes, ageMs = 0) => submit('check-policy', reference, bytes, ageMs),
    explainRecord: (subject, bytes) => submit('explain-record', subject, bytes, 0),
    close: async () => {
      await batcher.idle();
      await pool.close();
    },
    abandon: () => pool.close(),
  };
}

/** The HTTP door of an engine, not yet listening. Closing it answers what was accepted and refuses what is new. */
export async function createDoor(engine: Engine): Promise<FastifyInstance> {
  const { config, registry } = engine;
  let isDraining = false;
  const app = await createServer({
    version: VERSION,
    node: engine.node,
    logger: engine.logger,
    logsRequests: engine.logger.isLevelEnabled('info'),
    roundLimits: roundLimits(config),
    bodyBytesMax: config.PARLEY_BODY_BYTES_MAX,
    intakeBytesMax: config.PARLEY_INTAKE_BYTES_MAX,
    requestMsMax: config.PARLEY_REQUEST_MS_MAX,
    connectionsMax: config.PARLEY_CONNECTIONS_MAX,
    isOverloaded: engine.isOverloaded,
    streamsMax: config.PARLEY_STREAMS_MAX,
    bulk: engine.bulk,
    bulkMeter: bulkMetrics(registry),
    clearRound: engine.clearRound,
    clearOpenRtb: engine.clearOpenRtb,
    checkPolicy: engine.checkPolicy,
    publish: engine.publish,
    foreseeVersion: foreseeVersionWith({
      catalogue: engine.catalogue,
      nestingMax: config.PARLEY_NESTING_MAX,
    }),
    findVersion: (kind, reference) => showVersion(kind, engine.catalogue.find(kind, reference)),
    listVersions: (kind, after, limit) => engine.catalogue.list(kind, after, limit),
    ...trailStories(engine),
    explain: explainDecisionWith({
      ledger: engine.ledger,
      journal: logJournal(engine.logger),
      explainRecord: engine.explainRecord,
    }),
    isDraining: () => isDraining,
    isReady: () => !isDraining,
    metrics: () => registry.metrics(),
    metricsType: registry.contentType,
    ...httpMetrics(registry),
  });
  app.addHook('preClose', (done) => {
    isDraining = true;
    done();
  });
  return app;
}

/** What is told about the trail; the door and nobody else keeps the roots it was asked for. */
function trailStories({ ledger, log, logger }: Engine) {
  const tree = new LogTree(ledger);
  const ports = { ledger, tree, journal: logJournal(logger), ownNode: () => log?.node };
  return {
    findReceipt: findReceiptWith(ports),
    trail: {
      newestCheckpoint: newestCheckpointWith(ports),
      readBlocks: readBlocksWith(ports),
      proveConsistency: proveConsistencyWith(ports),
      listLogs: listLogsWith(ports),
    },
  };
}

/**
 * The ledger that outlives a process, for commands that read what engines wrote; undefined while the only ledger is
 * the embedded one, which dies with its engine.
 */
export const openLedger: (config: Config) => Promise<Ledger | undefined> = () => Promise.resolve(undefined);

/** The first log of a process has the name of its node. */
function openLog(
  node: string,
  tieKey: Uint8Array,
  ledger: Ledger,
  retention: 'full' | 'digest',
): Promise<NodeLog> {
  const tieKeyHash = createHash('sha256').update(tieKey).digest();
  const names = [node];
  const newIdentity = (): Identity => {
    const name = names.pop() ?? nodeIdFrom(randomBytes(8));
    const { privateKey } = generateKeyPairSync('ed25519');
    const key = signingKey({ origin: originOf(name), privateKey });
    const birth = { node: name, atMs: systemClock.nowMs(), publicKey: key.publicKey, tieKeyHash };
    return { birth, key };
  };
  return NodeLog.open(ledger, newIdentity, retention);
}

function defaultThreads(): number {
  return Math.max(1, availableParallelism() - 1);
}

/** Batches of streams under way for each worker: one that it clears, and one that waits or is written. */
const LANE_BATCHES_PER_WORKER = 2;

/** Never more than half the queue: the lines of streams must neither shut out rounds that come alone nor let them wait long. */
function laneLimits(config: Config, threads: number): LaneLimits {
  const batches = LANE_BATCHES_PER_WORKER * threads;
  const rounds = Math.min(batches * config.PARLEY_BATCH_ROUNDS_MAX, Math.floor(config.PARLEY_QUEUE_MAX / 2));
  return { rounds: Math.max(1, rounds), bytes: batches * config.PARLEY_BATCH_BYTES_MAX };
}

function batcherLimits(config: Config, threads: number) {
  return {
    batchesMax: threads,
    roundsPerBatchMax: config.PARLEY_BATCH_ROUNDS_MAX,
    bytesPerBatchMax: config.PARLEY_BATCH_BYTES_MAX,
    queueMax: config.PARLEY_QUEUE_MAX,
  };
}

function patience({ PARLEY_QUEUE_MS_MAX: waitMsMax }: Config): Patience<PendingRound, RoundReply> {
  const message = `The wait for a worker was longer than ${waitMsMax} ms, which is PARLEY_QUEUE_MS_MAX; nothing was decided.`;
  const expired = { refusal: refuse('ROUND_EXPIRED', message) };
  return { waitMsMax, monotonicMs: () => systemClock.monotonicMs(), expire: () => expired };
}
