import { fastify, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { refuse } from '../base/errors.js';
import { ID_LENGTH_MAX, ID_PATTERN } from '../base/ids.js';
import type { BulkPorts } from '../engine/bulk/clear-lines.js';
import type { ForeseeVersion } from '../engine/foresee-version.js';
import type { ExplainDecision } from '../engine/explain/explain-decision.js';
import type { FindReceipt } from '../engine/trail/find-receipt.js';
import type { RoundLimits } from '../schema/limits.js';
import type { BulkDoor, BulkMeter } from './bulk/bulk-stream.js';
import { clientErrorHandler } from './client-errors.js';
import { type NoAdmission, useAdmission } from './plugins/admission.js';
import { Intake } from './intake.js';
import { LogLines } from './log-lines.js';
import { useAddresses } from './plugins/addresses.js';
import { type Identify, useCallers } from './plugins/callers.js';
import { useClosing } from './plugins/closing.js';
import { useDocumentation } from './plugins/documentation.js';
import { useDraining } from './plugins/draining.js';
import { useErrorEnvelope } from './plugins/errors.js';
import { useProtocol } from './plugins/protocol.js';
import { useRawBodies } from './plugins/raw-body.js';
import { type RequestObserver, useRequestMetrics } from './plugins/request-metrics.js';
import { CATALOGUE_KINDS } from '../schema/catalogue.js';
import { type CataloguePorts, catalogueRoutes } from './routes/catalogue.js';
import { documentCheckRoute } from './routes/document-check.js';
import { explainRoute } from './routes/explain.js';
import { openRtbRoutes } from './routes/openrtb.js';
import { operationRoutes, type OperationPorts } from './routes/operation.js';
import { type CheckPolicy, policyCheckRoute } from './routes/policy-check.js';
import { receiptRoute } from './routes/receipts.js';
import { type ClearRound, roundRoutes } from './routes/rounds.js';
import { bulkRoute } from './routes/rounds-batch.js';
import { type TrailStories, trailRoutes } from './routes/trail.js';
import { sendRefusal } from './send-refusal.js';

export interface ServerOptions extends OperationPorts, CataloguePorts, RequestObserver {
  readonly version: string;
  readonly node: string;
  readonly logger: FastifyBaseLogger;
  /** Undefined when there are no keys: then everybody is the caller `local`. */
  readonly identify: Identify | undefined;
  /** A log line for each request. */
  readonly logsRequests: boolean;
  readonly roundLimits: RoundLimits;
  readonly bodyBytesMax: number;
  /** Over all requests at once. */
  readonly intakeBytesMax: number;
  readonly requestMsMax: number;
  readonly connectionsMax: number;
  readonly streamsMax: number;
  /** Why the engine takes no work just now; undefined while it does. */
  readonly whyNotNow: () => NoAdmission | undefined;
  readonly clearRound: ClearRound;
  readonly clearOpenRtb: ClearRound;
  readonly bulk: BulkPorts;
  readonly bulkMeter: BulkMeter;
  readonly checkPolicy: CheckPolicy;
  readonly foreseeVersion: ForeseeVersion;
  readonly findReceipt: FindReceipt;
  readonly trail: TrailStories;
  readonly explain: ExplainDecision;
  readonly isDraining: () => boolean;
}

const TIMEOUT_CHECK_MS = 500;
const CALLERS_ID = new RegExp(ID_PATTERN);

/** The HTTP door, ready to listen. Tests may inject requests without a port. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const nextRequestId = requestIds(options.node);
  const app: FastifyInstance = fastify({
    loggerInstance: options.logger,
    logController: new LogLines({ disableRequestLogging: !options.logsRequests }),
    // A logger of its own for each request costs more than the rest of routing; faults are logged with the id.
    childLoggerFactory: (logger, bindings, childOptions) =>
      options.logsRequests ? logger.child(bindings, childOptions) : logger,
    requestTimeout: options.requestMsMax,
    http: {
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      headersTimeout: options.requestMsMax,
      requireHostHeader: false,
    },
    bodyLimit: options.bodyBytesMax,
    routerOptions: { maxParamLength: ID_LENGTH_MAX },
    return503OnClosing: false,
    clientErrorHandler: clientErrorHandler(nextRequestId),
    frameworkErrors: (error, _request, reply) => {
      sendRefusal(reply, refuse('MALFORMED_HTTP', `${error.message}.`));
    },
    genReqId: ({ headers }) => callersRequestId(headers['x-request-id']) ?? nextRequestId(),
  });
  app.server.maxConnections = options.connectionsMax;
  app.removeAllContentTypeParsers();
  useErrorEnvelope(app);
  useProtocol(app, nextRequestId);
  useAddresses(app);
  useCallers(app, options.identify);
  useClosing(app);
  useRequestMetrics(app, options);
  await useDocumentation(app, options.version, options.identify !== undefined);
  operationRoutes(app, options);
  await app.register((scope, _options, done) => {
    useDraining(scope, options.isDraining);
    const intake = new Intake(options.intakeBytesMax);
    useRawBodies(scope, intake, options.bodyBytesMax);
    bulkRoute(scope, bulkDoor(options, intake), options.streamsMax);
    workRoutes(scope, options);
    receiptRoute(scope, options.findReceipt);
    trailRoutes(scope, options.trail);
    for (const kind of CATALOGUE_KINDS) {
      documentCheckRoute(scope, kind, options.foreseeVersion);
      catalogueRoutes(scope, kind, options);
    }
    done();
  });
  return app;
}

/** What the workers do: a route that stands here is refused when they have all the work they accept. */
function workRoutes(app: FastifyInstance, options: ServerOptions): void {
  void app.register((scope, _options, done) => {
    useAdmission(scope, options.whyNotNow);
    roundRoutes(scope, options.clearRound, options.roundLimits);
    openRtbRoutes(scope, options.clearOpenRtb, options.roundLimits);
    policyCheckRoute(scope, options.checkPolicy);
    explainRoute(scope, options.explain);
    done();
  });
}

function bulkDoor(options: ServerOptions, intake: Intake): BulkDoor {
  return {
    ports: options.bulk,
    intake,
    lineBytesMax: options.bodyBytesMax,
    lineMsMax: options.requestMsMax,
    meter: options.bulkMeter,
  };
}

/** Unique over nodes and restarts, because a node's identity is. */
function requestIds(node: string): () => string {
  let requests = 0;
  return () => `${node}-q${requests++}`;
}

function callersRequestId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && CALLERS_ID.test(header) ? header : undefined;
}
