import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Intake } from '../intake.js';
import { readBody } from '../read-body.js';

export interface RawBodyLimits {
  readonly bodyBytesMax: number;
  /** Over all requests at once. */
  readonly intakeBytesMax: number;
}

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
export function useRawBodies(app: FastifyInstance, { bodyBytesMax, intakeBytesMax }: RawBodyLimits): void {
  const intake = new Intake(intakeBytesMax);
  app.decorateRequest('heldBytes', 0);
  app.addHook('onSend', (request, _reply, payload, done) => {
    intake.release(request.heldBytes);
    request.heldBytes = 0;
    done(null, payload);
  });
  app.addContentTypeParser('application/json', (request: FastifyRequest) => {
    const reserve = (bytes: number): boolean => {
      if (!intake.reserve(bytes)) return false;
      request.heldBytes += bytes;
      return true;
    };
    return readBody(request.raw, { bytesMax: bodyBytesMax, reserve });
  });
}
