import { createHistogram, type EventLoopUtilization, performance } from 'node:perf_hooks';
import autocannon from 'autocannon';

export interface LoadTarget {
  readonly url: string;
  readonly bodies: readonly Buffer[];
  readonly connections: number;
  /** Asked for each request; absent: none but the type of the body. */
  readonly headers?: () => Readonly<Record<string, string>>;
}

/** What the callers saw between two instants. */
export interface Window {
  readonly seconds: number;
  readonly answered: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  /** Busy share of the runner's own thread: near 1 the load is the limit, not the server. */
  readonly loadBusy: number;
}

const BODIES_PER_CONNECTION = 16;
const SAMPLE_MS = 100;
const MICROS_PER_MS = 1000;
/** Longer than any turn: a load ends when it is stopped. */
const FOREVER_SECONDS = 86_400;

/** Callers that each wait for their answer and post the next round at once, until stopped. */
export class Load {
  /** Rejects at the first answer that is not a success, and at the first broken connection. */
  readonly failed: Promise<never>;
  readonly #cannon: autocannon.Instance;
  readonly #ended: Promise<void>;
  #answered = 0;
  #startedMs = 0;
  #latencyMicros = createHistogram();
  #utilization: EventLoopUtilization = performance.eventLoopUtilization();

  constructor(target: LoadTarget) {
    const { promise: ended, resolve: end } = deferred<undefined>();
    const { promise: failed, reject: fail } = deferred<never>();
    this.#ended = ended;
    this.failed = failed;
    failed.catch(() => undefined);
    this.#cannon = autocannon(optionsFor(target), () => {
      end(undefined);
    });
    this.#cannon.on('response', (_client, status, _bytes, latencyMs) => {
      if (status !== 200) fail(new Error(`${target.url} answered ${status}`));
      this.#answered++;
      this.#latencyMicros.record(Math.max(1, Math.round(latencyMs * MICROS_PER_MS)));
    });
    this.#cannon.on('reqError', (cause: unknown) => {
      fail(new Error(`a request to ${target.url} failed`, { cause }));
    });
  }

  startWindow(): void {
    this.#answered = 0;
    this.#latencyMicros = createHistogram();
    this.#startedMs = performance.now();
    this.#utilization = performance.eventLoopUtilization();
  }

  endWindow(): Window {
    return {
      seconds: (performance.now() - this.#startedMs) / 1000,
      answered: this.#answered,
      p50Ms: this.#percentileMs(50),
      p99Ms: this.#percentileMs(99),
      p999Ms: this.#percentileMs(99.9),
      loadBusy: performance.eventLoopUtilization(this.#utilization).utilization,
    };
  }

  async stop(): Promise<void> {
    this.#cannon.stop();
    await this.#ended;
  }

  #percentileMs(percentile: number): number {
    return this.#latencyMicros.percentile(percentile) / MICROS_PER_MS;
  }
}

/** Each connection starts at another body, so that what is under way at once differs. */
function optionsFor({ url, bodies, connections, headers }: LoadTarget): autocannon.Options {
  let connected = 0;
  return {
    url,
    connections,
    duration: FOREVER_SECONDS,
    sampleInt: SAMPLE_MS,
    setupClient: (client) => {
      const first = connected++;
      client.setRequests(
        Array.from({ length: BODIES_PER_CONNECTION }, (_, offset) => ({
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: bodies[(first + offset) % bodies.length],
          ...(headers !== undefined && {
            setupRequest: (request) => ({ ...request, headers: { ...request.headers, ...headers() } }),
          }),
        })),
      );
    },
  };
}

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
