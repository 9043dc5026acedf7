import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Told once for each request: the status of a success, the code of a refusal, or that the connection broke. */
export type OnAnswer = (word: string) => void;

export const SUCCESS = '200';
export const BROKEN = 'broken connection';

const HEAD_END = '\r\n\r\n';
const STATUS_AT = 'HTTP/1.1 '.length;

/**
 * One keep-alive connection with at most one request under way. Written by hand on a socket, because Node's HTTP
 * client would take several times the CPU, and the engine shares the machine with these callers.
 */
export class Caller {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #onAnswer: OnAnswer | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#take(chunk);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#end(BROKEN);
    });
  }

  static async open(port: number): Promise<Caller> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new Caller(socket);
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  ask(request: Buffer, onAnswer: OnAnswer): void {
    this.#onAnswer = onAnswer;
    this.#socket.write(request);
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const word = readAnswer(this.#received);
    if (word !== undefined) this.#end(word);
  }

  #end(word: string): void {
    const onAnswer = this.#onAnswer;
    this.#received = Buffer.alloc(0);
    this.#onAnswer = undefined;
    onAnswer?.(word);
  }
}

/** What a whole answer says; undefined while some of it is missing. */
export function readAnswer(received: Buffer): string | undefined {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd === -1) return undefined;
  const head = received.toString('latin1', 0, headEnd);
  const length = Number(/\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  const bodyStart = headEnd + HEAD_END.length;
  if (received.length < bodyStart + length) return undefined;
  const status = head.slice(STATUS_AT, STATUS_AT + SUCCESS.length);
  if (status === SUCCESS) return status;
  return /"code":"(\w+)"/.exec(received.toString('latin1', bodyStart))?.[1] ?? status;
}

/** The bytes of a post, ready to be sent again and again. */
export function requestBytes(path: string, body: Buffer): Buffer {
  const head =
    `POST ${path} HTTP/1.1\r\nhost: parley\r\ncontent-type: application/json\r\n` +
    `content-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}
