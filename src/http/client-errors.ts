import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type ErrorCode, ERRORS, refuse } from '../base/errors.js';
import { problemOf } from './send-refusal.js';

/** What Node's HTTP parser gives up on, in the words of the catalogue. */
const NODE_ERRORS: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
};

/**
 * Told to a request that listens for it when its body turns out to be broken: its answer has begun, and a refusal of the
 * connection would stand in the middle of it.
 */
export const BODY_BROKEN = 'parley:body-broken';

/** How long a caller that goes on sending may take to read the answer. */
const LINGER_MS = 2000;

/** Node knows which answer a connection is still owed, and has no public name for it. */
interface AnsweringSocket extends Socket {
  readonly _httpMessage?: ServerResponse | null;
}

/** Answers a request that never became one: there is no route and no reply object, only the socket. */
export function clientErrorHandler(nextRequestId: () => string) {
  return (error: Error & { code?: string }, socket: AnsweringSocket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy(error);
      return;
    }
    const answering = socket._httpMessage;
    if (answering?.req.complete === false && answering.req.listenerCount(BODY_BROKEN) > 0) {
      // Whoever answers while the body still arrives keeps a time limit of its own.
      if (error.code !== 'ERR_HTTP_REQUEST_TIMEOUT') answering.req.emit(BODY_BROKEN);
      return;
    }
    const refuseSocket = (): void => {
      refuseConnection(socket, NODE_ERRORS[error.code ?? ''] ?? 'MALFORMED_HTTP', nextRequestId());
    };
    // Noise behind a good request must not take its answer away.
    if (answering?.req.complete === true) answering.once('close', refuseSocket);
    else refuseSocket();
  };
}

function refuseConnection(socket: Socket, code: ErrorCode, requestId: string): void {
  const body = JSON.stringify(problemOf(refuse(code), requestId));
  socket.end(
    `HTTP/1.1 ${ERRORS[code].status} ${code}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  socket.resume();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
