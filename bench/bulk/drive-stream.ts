import { type ClientRequest, request } from 'node:http';

const BULK_PATH = '/v1/rounds/batch';
const LINE_FEED = 0x0a;
/** An error line begins with this, and an answer does not. */
const ERROR_LINE = Buffer.from('{"line":');

/** One caller that pushes rounds down a stream as fast as it is let, until stopped. */
export class StreamLoad {
  answered = 0;
  /** Rejects at the first line that is refused, and when the stream breaks. */
  readonly failed: Promise<never>;
  readonly #request: ClientRequest;
  readonly #ended: Promise<void>;
  #fail!: (reason: Error) => void;
  #isStopped = false;

  constructor(address: string, bodies: readonly Buffer[]) {
    this.failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => undefined);
    this.#request = openStream(address);
    this.#ended = new Promise((resolve) => {
      this.#request.on('response', (response) => {
        response.on('data', (piece: Buffer) => {
          this.#count(piece);
        });
        response.on('end', resolve);
      });
      this.#request.on('error', (cause) => {
        this.#fail(new Error(`the stream to ${address} broke`, { cause }));
        resolve();
      });
    });
    this.#push(Buffer.concat(bodies.flatMap((body) => [body, Buffer.from([LINE_FEED])])));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#request.end();
    await this.#ended;
  }

  #push(block: Buffer): void {
    const go = (): void => {
      while (!this.#isStopped && this.#request.write(block));
    };
    this.#request.on('drain', go);
    go();
  }

  #count(piece: Buffer): void {
    if (piece.includes(ERROR_LINE)) this.#fail(new Error('a line of the stream was refused'));
    for (let at = piece.indexOf(LINE_FEED); at !== -1; at = piece.indexOf(LINE_FEED, at + 1)) this.answered++;
  }
}

function openStream(address: string): ClientRequest {
  return request(address + BULK_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    agent: false,
  });
}

/** @throws when the stream answers something else than it owes. */
export async function checkStream(
  address: string,
  bodies: readonly Buffer[],
  owed: readonly string[],
): Promise<void> {
  const response = await fetch(address + BULK_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: bodies.join('\n'),
  });
  if ((await response.text()) !== `${owed.join('\n')}\n`) throw new Error('the stream has a wrong answer');
}
