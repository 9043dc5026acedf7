import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Offered } from './offered.js';
import type { Stretch } from './schedule.js';

export interface Setup {
  readonly port: number;
  /** Connections: more than there can be requests under way, or a slow answer would hold back a later request. */
  readonly callers: number;
  readonly bids: number;
  readonly bodies: number;
  readonly seed: number;
}

/** What the generator is told to do; it answers each order with one message. */
export type Order =
  | { readonly kind: 'offer'; readonly stretches: readonly Stretch[] }
  | { readonly kind: 'find-goodput'; readonly callers: number; readonly seconds: number };

const SCRIPT = fileURLToPath(new URL('generator.js', import.meta.url));

/** Starts the generator in a process of its own; resolves when all its connections are open. */
export async function launchGenerator(setup: Setup): Promise<Generator> {
  // Advanced serialization carries typed arrays as they are.
  const child = fork(SCRIPT, [JSON.stringify(setup)], { serialization: 'advanced' });
  const generator = new Generator(child);
  await generator.message();
  return generator;
}

export class Generator {
  readonly #child: ChildProcess;
  readonly #failed: Promise<never>;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#failed = once(child, 'exit').then(([status]) => {
      throw new Error(`the generator ended with status ${String(status)}`);
    });
    this.#failed.catch(() => undefined);
  }

  async offer(stretches: readonly Stretch[]): Promise<Offered> {
    return (await this.#follow({ kind: 'offer', stretches })) as Offered;
  }

  async findGoodput(callers: number, seconds: number): Promise<number> {
    return (await this.#follow({ kind: 'find-goodput', callers, seconds })) as number;
  }

  async message(): Promise<unknown> {
    const [message] = (await Promise.race([once(this.#child, 'message'), this.#failed])) as unknown[];
    return message;
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  #follow(order: Order): Promise<unknown> {
    const answer = this.message();
    this.#child.send(order);
    return answer;
  }
}
