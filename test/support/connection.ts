import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { within } from './until.js';

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Asking {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

const HEAD_END = '\r\n\r\n';
const ANSWER_MS_MAX = 10_000;

/** One TCP connection to the engine under the test's full control: what is written, and when it is read. */
export class Connection {
  /** How the connection ended, once it has: the code of what broke it, or that the engine ended it. */
  fate: string | undefined;
  #received = Buffer.alloc(0);
  #wake: () => void = () => undefined;

  private constructor(readonly socket: Socket) {
    const end = (fate: string): void => {
      this.fate ??= fate;
      this.#wake();
    };
    socket.on('error', (error: NodeJS.ErrnoException) => {
      end(error.code ?? error.message);
    });
    socket.on('end', () => {
      end('ended');
    });
    socket.on('close', () => {
      end('closed');
    });
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const connection = new Connection(socket);
    await once(socket, 'connect');
    return connection;
  }

  write(bytes: Buffer | string): void {
    this.socket.write(bytes);
  }

  send(asking: Asking): void {
    this.write(requestBytes(asking));
  }

  async ask(asking: Asking): Promise<Answer> {
    this.send(asking);
    return this.answer(asking.method === 'HEAD');
  }

  /** The next whole answer; fails when the connection is over before it came. */
  async answer(isHead = false): Promise<Answer> {
    let answer = this.#take(isHead);
    while (answer === undefined) {
      if (this.fate !== undefined) throw new Error(`The connection ended without an answer: ${this.fate}.`);
      await within(ANSWER_MS_MAX, 'the engine has said something', this.#change());
      answer = this.#take(isHead);
    }
    return answer;
  }

  /** Resolves when the engine has begun to answer. */
  async firstByte(): Promise<void> {
    while (this.#received.length === 0) {
      await within(ANSWER_MS_MAX, 'the first byte of an answer has come', this.#change());
    }
  }

  /** Resolves when the engine has ended or cut the connection. */
  async over(limitMs = ANSWER_MS_MAX): Promise<void> {
    while (this.fate === undefined) await within(limitMs, 'the connection is over', this.#change());
  }

  /** Leaves without a word, as a client that is killed. */
  cut(): void {
    this.socket.resetAndDestroy();
  }

  close(): void {
    this.socket.destroy();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #take(isHead: boolean): Answer | undefined {
    const headEnd = this.#received.indexOf(HEAD_END);
    if (headEnd === -1) return undefined;
    const [statusLine = '', ...lines] = this.#received.toString('latin1', 0, headEnd).split('\r\n');
    const headers = Object.fromEntries(lines.map(splitHeader));
    const sent = this.#received.subarray(headEnd + HEAD_END.length);
    const body = isHead ? { text: '', length: 0 } : bodyOf(headers, sent);
    if (body === undefined) return undefined;
    this.#received = sent.subarray(body.length);
    return { status: Number(statusLine.split(' ')[1]), headers, body: body.text };
  }
}

/** A connection that is closed when the test is over, whatever came of it. */
export async function connectTo({ port }: { readonly port: number }): Promise<Connection> {
  const connection = await Connection.open(port);
  onTestFinished(() => {
    connection.close();
  });
  return connection;
}

/** A whole request; a body brings its length along unless the headers say how it is sent. */
export function requestBytes({ method = 'POST', path = '/v1/rounds', headers, body }: Asking): Buffer {
  const given = { 'content-type': 'application/json', ...headers };
  const length =
    body === undefined || 'transfer-encoding' in given ? {} : { 'content-length': byteLength(body) };
  const lines = Object.entries({ host: 'parley', ...length, ...given })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body ?? '')]);
}

interface Body {
  readonly text: string;
  /** How many bytes of the connection it took. */
  readonly length: number;
}

/** The body at the beginning of what was received; undefined while some of it is missing. */
function bodyOf(headers: Answer['headers'], received: Buffer): Body | undefined {
  if (headers['transfer-encoding'] === 'chunked') return chunkedBody(received);
  const length = Number(headers['content-length'] ?? 0);
  return received.length < length ? undefined : { text: received.toString('utf8', 0, length), length };
}

function chunkedBody(received: Buffer): Body | undefined {
  const chunks: Buffer[] = [];
  for (let start = 0; ;) {
    const lineEnd = received.indexOf('\r\n', start);
    const length = Number.parseInt(received.toString('latin1', start, lineEnd), 16);
    const end = lineEnd + 2 + length + 2;
    if (lineEnd === -1 || received.length < end) return undefined;
    if (length === 0) return { text: Buffer.concat(chunks).toString(), length: end };
    chunks.push(received.subarray(lineEnd + 2, end - 2));
    start = end;
  }
}

function byteLength(body: Buffer | string): string {
  return String(Buffer.byteLength(body));
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
