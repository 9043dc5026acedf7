import type { IncomingMessage } from 'node:http';
import { refuse } from '../base/errors.js';
import { RefusalError } from './refusal-error.js';

/** A caller that is still sending reads no answer, so a body that is too large is read to its end, within these. */
const DRAIN_BYTES_MAX = 16 * 1_048_576;
const DRAIN_MS_MAX = 5000;
const LINGER_MS = 2000;

export interface BodyLimits {
  readonly bytesMax: number;
  /** Asks for room; false refuses the body. */
  readonly reserve: (bytes: number) => boolean;
}

/** The raw bytes of a request. @throws RefusalError when there are too many of them, or no room for them. */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limits.bytesMax) return drain(request, 0, limits.bytesMax);
  if (!limits.reserve(declared)) return Promise.reject(overloaded());
  return collect(request, declared, limits);
}

function collect(request: IncomingMessage, reserved: number, limits: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let room = reserved;
    const stop = (): void => {
      request.off('data', take).off('end', finish).off('error', leave);
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= room) return;
      if (length > limits.bytesMax) {
        stop();
        resolve(drain(request, length, limits.bytesMax));
      } else if (limits.reserve(chunk.length)) room += chunk.length;
      else fail(overloaded());
    };
    const finish = (): void => {
      stop();
      resolve(Buffer.concat(chunks, length));
    };
    const fail = (refusal: RefusalError): void => {
      stop();
      reject(refusal);
    };
    const leave = (): void => {
      fail(callerLeft());
    };
    request.on('data', take).on('end', finish).on('error', leave);
  });
}

/**
 * Reads on without keeping anything, then refuses. Always rejects. A caller that has more to send than that is given
 * a moment to read the answer, and is cut off if it still goes on.
 */
function drain(request: IncomingMessage, already: number, bytesMax: number): Promise<never> {
  return new Promise((_, reject) => {
    let length = already;
    const end = (): void => {
      clearTimeout(timer);
      request.off('data', skip).off('end', end).off('error', end);
      request.resume();
      cutOffUnlessComplete(request);
      reject(tooLarge(bytesMax));
    };
    const skip = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > DRAIN_BYTES_MAX) end();
    };
    const timer = setTimeout(end, DRAIN_MS_MAX);
    request.on('data', skip).on('end', end).on('error', end);
  });
}

function cutOffUnlessComplete(request: IncomingMessage): void {
  if (request.complete) return;
  const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
  request.once('end', () => {
    clearTimeout(timer);
  });
}

function tooLarge(bytesMax: number): RefusalError {
  return new RefusalError(refuse('BODY_TOO_LARGE', `The body is larger than ${bytesMax} bytes.`));
}

function overloaded(): RefusalError {
  return new RefusalError(refuse('OVERLOADED'));
}

/** Nobody reads it; the request only has to end without looking like a fault of ours. */
function callerLeft(): RefusalError {
  return new RefusalError(refuse('MALFORMED_HTTP', 'The connection ended before the body did.'));
}
