import type { FastifyInstance } from 'fastify';
import type { ErrorCode } from '../../base/errors.js';

export interface RequestObserver {
  readonly observeRequest: (route: string, method: string, status: number, durationMs: number) => void;
  readonly countRefusal: (code: ErrorCode) => void;
}

declare module 'fastify' {
  interface FastifyReply {
    /** Set by whoever refuses; undefined when the request is not refused. */
    refusalCode: ErrorCode | undefined;
  }
}

const NO_ROUTE = 'none';

/** Times every answered request under the pattern of its route, never under its address, and counts refusals. */
export function useRequestMetrics(
  app: FastifyInstance,
  { observeRequest, countRefusal }: RequestObserver,
): void {
  app.decorateReply('refusalCode', undefined);
  app.addHook('onResponse', (request, reply, done) => {
    observeRequest(request.routeOptions.url ?? NO_ROUTE, request.method, reply.statusCode, reply.elapsedTime);
    if (reply.refusalCode !== undefined) countRefusal(reply.refusalCode);
    done();
  });
}
