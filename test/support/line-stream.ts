import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { onTestFinished } from 'vitest';
import { until, within } from './until.js';

const ANSWER_MS_MAX = 20_000;

interface Opening {
  readonly port: number;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One stream of rounds under the test's full control: what is written, and when answers are read. */
export class LineStream {
  /** How it ended, once it has: `whole`, or the code of what broke it. */
  fate: string | undefined;
  readonly request: ClientRequest;
  response: IncomingMessage | undefined;
  readonly #lines: string[] = [];
  #unfinished = '';
  #wake: () => void = () => undefined;

  constructor({ port, query = '', headers = {} }: Opening) {
    this.request = request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: `/v1/rounds/batch${query}`,
      headers: { 'content-type': 'application/x-ndjson', ...headers },
      agent: false,
    });
    this.request.on('error', (error: NodeJS.ErrnoException) => {
      this.#end(error.code ?? error.message);
    });
    this.request.on('response', (response) => {
      this.response = response;
      response.setEncoding('utf8').on('data', (text: string) => {
        this.#take(text);
      });
      response.on('error', (error: NodeJS.ErrnoException) => {
        this.#end(error.code ?? error.message);
      });
      response.on('end', () => {
        this.#end('whole');
      });
    });
  }

  /** Lines that have come and were not read. */
  get lineCount(): number {
    return this.#lines.length;
  }

  /** False when what was written before is not on its way yet. */
  write(text: string | Buffer): boolean {
    return this.request.write(text);
  }

  end(text = ''): this {
    this.request.end(text);
    return this;
  }

  /** The next line of the answer. */
  async line(): Promise<string> {
    while (this.#lines.length === 0) {
      if (this.fate !== undefined) throw new Error(`The stream ended without a line: ${this.fate}.`);
      await within(ANSWER_MS_MAX, 'a line has come', this.#change());
    }
    return this.#lines.shift()!;
  }

  /** Every line to the end of the answer. */
  async rest(): Promise<readonly string[]> {
    while (this.fate === undefined) await within(ANSWER_MS_MAX, 'more has come', this.#change());
    if (this.fate !== 'whole') throw new Error(`The stream broke: ${this.fate}.`);
    return this.#lines.splice(0);
  }

  /** Resolves when it has ended in whatever way. */
  async over(limitMs = ANSWER_MS_MAX): Promise<void> {
    await until('the stream is over', () => this.fate !== undefined, limitMs);
  }

  /** Leaves without a word, as a client that is killed. */
  cut(): void {
    this.request.socket?.resetAndDestroy();
    this.request.destroy();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #take(text: string): void {
    const lines = (this.#unfinished + text).split('\n');
    this.#unfinished = lines.pop()!;
    this.#lines.push(...lines);
    this.#wake();
  }

  #end(fate: string): void {
    this.fate ??= fate;
    this.#wake();
  }
}

/** A stream that is cut when the test is over, whatever came of it. */
export function openStream(opening: Opening): LineStream {
  const stream = new LineStream(opening);
  onTestFinished(() => {
    stream.cut();
  });
  return stream;
}

/** Sends a whole body at once and reads all lines of its answer. */
export async function clearLines(opening: Opening, body: string): Promise<readonly string[]> {
  return openStream(opening).end(body).rest();
}
