import { Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Admission } from '../../access/caller.js';

export interface OperationPorts {
  readonly isReady: () => boolean;
  /** The exposition text of every metric and its content type. */
  readonly metrics: () => Promise<string>;
  readonly metricsType: string;
}

/** A probe brings no key. */
const PUBLIC = { roles: 'public' } as const;
/** How much is bought and what is refused is not for everybody; a scraper can be given a key. */
const MAY_MEASURE: Admission = ['operator', 'auditor'];
const TAGS = ['operation'];
const Health = Type.Object({ status: Type.String() });

const METRICS = {
  200: { description: 'Exposition text', content: { 'text/plain': { schema: Type.String() } } },
};

/** What probes and scrapers ask. */
export function operationRoutes(app: FastifyInstance, ports: OperationPorts): void {
  app.get('/healthz', { schema: describe('Alive', { 200: Health }), config: PUBLIC }, () => ({
    status: 'alive',
  }));
  app.get(
    '/readyz',
    { schema: describe('Ready for traffic', { 200: Health, 503: Health }), config: PUBLIC },
    (_request, reply) => {
      if (ports.isReady()) return { status: 'ready' };
      return reply.code(503).send({ status: 'not ready' });
    },
  );
  const options = { schema: describe('Prometheus metrics', METRICS), config: { roles: MAY_MEASURE } };
  app.get('/metrics', options, async (_request, reply) =>
    reply.type(ports.metricsType).send(await ports.metrics()),
  );
}

function describe(summary: string, response: Record<number, unknown>) {
  return { tags: TAGS, summary, response };
}
