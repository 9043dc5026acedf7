import type { FastifyError, FastifyInstance } from 'fastify';
import { type ErrorCode, type Refusal, refuse } from '../../base/errors.js';
import { RefusalError } from '../refusal-error.js';
import { sendRefusal } from '../send-refusal.js';

/** Fastify's own errors in the words of the catalogue. */
const FASTIFY_ERRORS: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
};

/** Every error of every route leaves in the one envelope; what is not a refusal is a fault of ours and is logged. */
export function useErrorEnvelope(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError | RefusalError>((error, request, reply) => {
    // Fastify asks to close after any parser error; that would cut off a caller before it has read the answer.
    void reply.removeHeader('connection');
    const refusal = error instanceof RefusalError ? error.refusal : refusalOf(error);
    if (refusal.code === 'INTERNAL_FAULT') {
      request.log.error({ err: error, requestId: request.id }, 'a request met a fault');
    }
    return sendRefusal(reply, refusal);
  });
}

function refusalOf(error: FastifyError): Refusal {
  const code = FASTIFY_ERRORS[error.code];
  if (code !== undefined) return refuse(code);
  const isCallers = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500;
  return isCallers ? refuse('MALFORMED_HTTP', error.message) : refuse('INTERNAL_FAULT');
}
