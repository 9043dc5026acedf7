import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Answer, type Asking, readAnswer, requestBytes } from './http-messages.js';
import { within } from './until.js';

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
    const taken = readAnswer(this.#received, isHead);
    if (taken === undefined) return undefined;
    this.#received = this.#received.subarray(taken.length);
    return taken.answer;
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
