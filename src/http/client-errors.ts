import type { Socket } from 'node:net';
import { type ErrorCode, ERRORS, refuse } from '../base/errors.js';
import { problemOf } from './send-refusal.js';

/** What Node's HTTP parser gives up on, in the words of the catalogue. */
const NODE_ERRORS: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
};

/** Answers a request that never became one: there is no route and no reply object, only the socket. */
export function clientErrorHandler(nextRequestId: () => string) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy(error);
      return;
    }
    const code = NODE_ERRORS[error.code ?? ''] ?? 'MALFORMED_HTTP';
    const body = JSON.stringify(problemOf(refuse(code), nextRequestId()));
    socket.end(
      `HTTP/1.1 ${ERRORS[code].status} ${code}\r\ncontent-type: application/json; charset=utf-8\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
  };
}
