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
import { embeddedBounds, ledgerBounds } from './config/ledger-bounds.js';
import { batcherLimits, laneLimits } from './config/queue-limits.js';
import { roundLimits } from './config/round-limits.js';
import { clearRoundsWith } from './engine/clear-rounds.js';
import type { BulkPorts } from './engine/bulk/clear-lines.js';
import { Lane } from './engine/bulk/lane.js';
import { Catalogue, showVersion } from './engine/catalogue.js';
import { foreseeVersionWith } from './engine/foresee-version.js';
import { publishWith } from './engine/publish.js';
import { type Identity, type LogTerms, NodeLog } from './engine/node-log.js';
import type { Ledger } from './engine/ledger-port.js';
import { explainDecisionWith } from './engine/explain/explain-decision.js';
import { findReceiptWith } from './engine/trail/find-receipt.js';
import { listLogsWith } from './engine/trail/list-logs.js';
import { LogTree } from './engine/trail/log-tree.js';
import { newestCheckpointWith } from './engine/trail/newest-checkpoint.js';
import { proveConsistencyWith } from './engine/trail/prove-consistency.js';
import { readBlocksWith } from './engine/trail/read-blocks.js';
import { AnswerKeeper } from './engine/retries/answer-keeper.js';
import { clearOnceWith } from './engine/retries/clear-once.js';
import type { RoundJob } from './engine/retries/kept-rounds.js';
import { NodeName } from './engine/retries/node-name.js';
import { retryPorts } from './engine/retries/ports.js';
import { type PublishOnce, publishOnceWith } from './engine/retries/publish-once.js';
import type { RoundReply } from './engine/round-reply.js';
import { type RoundDoors, roundDoors } from './engine/round-doors.js';
import { KeysFile } from './files/keys-file.js';
import type { Identify } from './http/plugins/callers.js';
import { unawaitedLog } from './engine/unawaited-log.js';
import { createServer } from './http/server.js';
import { MemoryLedger } from './memory/ledger.js';
import { systemClock } from './memory/system-clock.js';
import { RedisLedger } from './redis/ledger.js';
import { Batcher, type Patience } from './pool/batcher.js';
import { WorkerPool } from './pool/worker-pool.js';
import { bulkMetrics } from './telemetry/bulk-metrics.js';
import { catalogueMetrics } from './telemetry/catalogue-metrics.js';
import { httpMetrics } from './telemetry/http-metrics.js';
import { createLogger, logJournal } from './telemetry/logger.js';
import { prometheusMeter } from './telemetry/meter.js';
import { createRegistry } from './telemetry/registry.js';
import { originOf, signingKey } from './trail/checkpoint.js';

const HOUR_MS = 3_600_000;

/** The engine without a door: HTTP stands in front of it, the command line uses it as it is. */
export interface Engine extends Omit<RoundDoors, 'clearLine'> {
  readonly node: string;
  readonly threads: number;
  readonly config: Config;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly ledger: Ledger;
  /** Undefined when no records are kept. */
  readonly log: NodeLog | undefined;
  readonly catalogue: Catalogue;
  readonly publish: PublishOnce;
  /** Why the engine takes no work just now; undefined while it does. */
  readonly whyNotNow: () => 'OVERLOADED' | 'LEDGER_UNAVAILABLE' | undefined;
  /** Clears the lines of streams, which wait for their turn instead of being refused. */
  readonly bulk: BulkPorts;
  /** Ends when every accepted round is decided, also those whose callers have left. */
  readonly close: () => Promise<void>;
  /** Ends at once; what is not decided is refused. */
  readonly abandon: () => Promise<void>;
}

/** What a test puts in place of the built worker, or of a ledger of its own. */
export interface Replaced {
  readonly worker?: URL;
  readonly ledger?: Ledger;
}

/** Wires the rooms together and warms the pool. A start that fails leaves nothing open. */
export async function startEngine(config: Config, { worker, ledger: given }: Replaced = {}): Promise<Engine> {
  const opened: (() => Promise<void>)[] = [];
  try {
    const ledger =
      given ?? (await openLedger(config)) ?? new MemoryLedger(embeddedBounds(config), systemClock);
    opened.push(() => ledger.close());
    return await wireEngine(config, ledger, worker, opened);
  } catch (error) {
    for (const close of opened.reverse()) await close();
    throw error;
  }
}

/** `opened` takes how to close what was opened, should the next step fail. */
async function wireEngine(
  config: Config,
  ledger: Ledger,
  worker: URL | undefined,
  opened: (() => Promise<void>)[],
): Promise<Engine> {
  const node = newName();
  const threads = config.PARLEY_THREADS ?? defaultThreads();
  const logger = createLogger(config.PARLEY_LOG_LEVEL);
  const journal = logJournal(logger);
  const registry = createRegistry();
  const tieKey = config.PARLEY_TIE_KEY ?? new Uint8Array(await ledger.shareTieKey(randomBytes(32)));
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
  opened.push(() => pool.close());
  const log =
    retention === 'off'
      ? undefined
      : await openLog(node, tieKey, ledger, { retention, blocksMax: config.PARLEY_LOG_BLOCKS_MAX });
  const meter = prometheusMeter(registry, () => batcher.queued);
  catalogueMetrics(registry, catalogue);
  const keptMs = config.PARLEY_IDEMPOTENCY_HOURS * HOUR_MS;
  const keeper = new AnswerKeeper(log ?? new NodeName(node, newName), keptMs, ledger.retries, journal);
  const retries = retryPorts({ ledger, holder: keeper, clock: systemClock, journal });
  const isUnawaited = config.PARLEY_DURABILITY === 'async' && log !== undefined;
  const roundLog = isUnawaited ? unawaitedLog({ log, meter, journal }) : log;
  const story = clearRoundsWith({ node, pool, log: roundLog, clock: systemClock, meter, journal, keeper });
  const batcher = new Batcher<RoundJob, RoundReply>(batcherLimits(config, threads), story, patience(config));
  const { clearLine, ...doors } = roundDoors(batcher, clearOnceWith(retries), systemClock);
  const nestingMax = config.PARLEY_NESTING_MAX;
  const publish = publishWith({ ledger, catalogue, log, clock: systemClock, journal, nestingMax });
  await catalogue.follow();
  // A look that fails is no fault: while the ledger is away there is nothing to see, and the next look sees it all.
  const stopFollowing = ledger.onPublished(() => void catalogue.follow().catch(() => undefined));
  opened.push(() => {
    stopFollowing();
    return Promise.resolve();
  });
  await pool.warm();
  retries.heartbeat.start();
  return {
    node,
    threads,
    config,
    logger,
    registry,
    ledger,
    log,
    catalogue,
    publish: publishOnceWith(retries, publish),
    whyNotNow: () => {
      if (log?.isAvailable === false) return 'LEDGER_UNAVAILABLE';
      return batcher.isFull ? 'OVERLOADED' : undefined;
    },
    ...doors,
    bulk: {
      lane: new Lane(laneLimits(config, threads)),
      clear: clearLine,
      clock: systemClock,
      journal,
    },
    close: async () => {
      stopFollowing();
      await batcher.idle();
      // What was answered and does not stand yet.
      await log?.settle().catch(() => undefined);
      retries.heartbeat.stop();
      await pool.close();
      await ledger.close();
    },
    abandon: async () => {
      stopFollowing();
      retries.heartbeat.stop();
      await pool.close();
      await ledger.close();
    },
  };
}

/** The HTTP door of an engine, not yet listening. Closing it answers what was accepted and refuses what is new. */
export async function createDoor(engine: Engine): Promise<FastifyInstance> {
  const { config, registry } = engine;
  const keys = await openKeys(engine);
  let isDraining = false;
  const app = await createServer({
    version: VERSION,
    node: engine.node,
    logger: engine.logger,
    identify: keys && identifyBy(keys),
    logsRequests: engine.logger.isLevelEnabled('info'),
    roundLimits: roundLimits(config),
    bodyBytesMax: config.PARLEY_BODY_BYTES_MAX,
    intakeBytesMax: config.PARLEY_INTAKE_BYTES_MAX,
    requestMsMax: config.PARLEY_REQUEST_MS_MAX,
    connectionsMax: config.PARLEY_CONNECTIONS_MAX,
    whyNotNow: engine.whyNotNow,
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
    isReady: () => !isDraining && engine.ledger.isAvailable,
    metrics: () => registry.metrics(),
    metricsType: registry.contentType,
    ...httpMetrics(registry),
  });
  app.addHook('preClose', (done) => {
    isDraining = true;
    done();
  });
  app.addHook('onClose', (_app, done) => {
    keys?.close();
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
export async function openLedger(config: Config): Promise<Ledger | undefined> {
  const { REDIS_URL: target, PARLEY_LEDGER_MS_MAX: commandMsMax } = config;
  if (target === undefined) return undefined;
  const replicatedMsMax = config.PARLEY_DURABILITY === 'replicated' ? commandMsMax : undefined;
  return RedisLedger.open(target, { ...ledgerBounds(config), replicatedMsMax, commandMsMax }, systemClock);
}

async function openKeys({ config, logger }: Engine): Promise<KeysFile | undefined> {
  const path = config.PARLEY_KEYS_FILE;
  return path === undefined ? undefined : KeysFile.open(path, logJournal(logger));
}

function identifyBy(keys: KeysFile): Identify {
  return (authorization) => keys.ring.identify(authorization, systemClock.nowMs());
}

/** The first log of a process has the name of its node. */
function openLog(node: string, tieKey: Uint8Array, ledger: Ledger, terms: LogTerms): Promise<NodeLog> {
  const tieKeyHash = createHash('sha256').update(tieKey).digest();
  const names = [node];
  const newIdentity = (): Identity => {
    const name = names.pop() ?? newName();
    const { privateKey } = generateKeyPairSync('ed25519');
    const key = signingKey({ origin: originOf(name), privateKey });
    const birth = { node: name, atMs: systemClock.nowMs(), publicKey: key.publicKey, tieKeyHash };
    return { birth, key };
  };
  return NodeLog.open(ledger, newIdentity, terms);
}

function newName(): string {
  return nodeIdFrom(randomBytes(8));
}

function defaultThreads(): number {
  return Math.max(1, availableParallelism() - 1);
}

function patience({ PARLEY_QUEUE_MS_MAX: waitMsMax }: Config): Patience<RoundJob, RoundReply> {
  const message = `The wait for a worker was longer than ${waitMsMax} ms, which is PARLEY_QUEUE_MS_MAX; nothing was decided.`;
  const expired = { refusal: refuse('ROUND_EXPIRED', message) };
  return { waitMsMax, monotonicMs: () => systemClock.monotonicMs(), expire: () => expired };
}
