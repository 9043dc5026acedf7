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
  return declared > limits.bytesMax ? drain(request, 0, limits.bytesMax) : collect(request, declared, limits);
}

function collect(request: IncomingMessage, declared: number, limits: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const body = new GrowingBuffer(declared, limits);
    const stop = (): void => {
      request.off('data', take).off('end', finish).off('error', leave);
    };
    const take = (chunk: Buffer): void => {
      if (body.append(chunk)) return;
      stop();
      const isTooLarge = body.length + chunk.length > limits.bytesMax;
      if (isTooLarge) resolve(drain(request, body.length + chunk.length, limits.bytesMax));
      else reject(overloaded());
    };
    const finish = (): void => {
      stop();
      resolve(body.bytes());
    };
    const leave = (): void => {
      stop();
      reject(callerLeft());
    };
    request.on('data', take).on('end', finish).on('error', leave);
  });
}

/**
 * One buffer for all chunks: a body in a million pieces must not cost a million objects. Room is asked for as bytes
 * arrive, never for what a caller only promises to send.
 */
class GrowingBuffer {
  readonly #declared: number;
  readonly #limits: BodyLimits;
  #buffer = Buffer.alloc(0);
  length = 0;

  /** `declared` is the length the caller promises, 0 when it promises none. */
  constructor(declared: number, limits: BodyLimits) {
    this.#declared = declared;
    this.#limits = limits;
  }

  /** False, and nothing taken, when it would be too large or there is no room. */
  append(chunk: Buffer): boolean {
    const length = this.length + chunk.length;
    if (length > this.#buffer.length && !this.#grow(length)) return false;
    chunk.copy(this.#buffer, this.length);
    this.length = length;
    return true;
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.length);
  }

  /** Usually the first chunk is the whole body; after that the capacity doubles, or just suffices when room is short. */
  #grow(length: number): boolean {
    const { bytesMax, reserve } = this.#limits;
    if (length > bytesMax) return false;
    const doubled = Math.min(2 * this.#buffer.length, this.#declared === 0 ? bytesMax : this.#declared);
    const capacity = [Math.max(length, doubled), length].find((room) => reserve(room - this.#buffer.length));
    if (capacity === undefined) return false;
    const grown = Buffer.allocUnsafe(capacity);
    this.#buffer.copy(grown, 0, 0, this.length);
    this.#buffer = grown;
    return true;
  }
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
