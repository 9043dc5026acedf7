import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from '../../base/errors.js';
import type { Intake } from '../intake.js';
import { readBody } from '../read-body.js';
import { RefusalError } from '../refusal-error.js';

const FOREIGN_CHARSET = /;\s*charset=(?!"?utf-?8"?\s*(;|$))/i;

declare module 'fastify' {
  interface FastifyRequest {
    /** Bytes of the intake this request holds. */
    heldBytes: number;
  }
}

/**
 * JSON bodies stay bytes: the worker parses them, this thread never does. Room for a body is held from its first
 * byte until there is an answer, whether or not anybody is left to read it.
 */
export function useRawBodies(app: FastifyInstance, intake: Intake, bodyBytesMax: number): void {
  app.decorateRequest('heldBytes', 0);
  app.addHook('onSend', (request, _reply, payload, done) => {
    intake.release(request.heldBytes);
    request.heldBytes = 0;
    done(null, payload);
  });
  app.addContentTypeParser('application/json', (request: FastifyRequest) => {
    if (!isPlainText(request)) return Promise.reject(notPlainJson());
    const reserve = (bytes: number): boolean => {
      if (!intake.reserve(bytes)) return false;
      request.heldBytes += bytes;
      return true;
    };
    return readBody(request.raw, { bytesMax: bodyBytesMax, reserve });
  });
}

/** UTF-8, and not compressed. */
export function isPlainText({ headers }: FastifyRequest): boolean {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers;
  return encoding === 'identity' && !FOREIGN_CHARSET.test(type);
}

function notPlainJson(): RefusalError {
  const message = 'The body must be sent as `application/json` in UTF-8, not compressed.';
  return new RefusalError(refuse('UNSUPPORTED_MEDIA_TYPE', message));
}
