import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRecordId } from '../../../src/base/ids.js';
import type { Ledger } from '../../../src/engine/ledger-port.js';
import type { RoundReply } from '../../../src/engine/round-reply.js';
import { roundKeyOf } from '../../../src/trail/round-key.js';
import type { Retention } from '../../../src/trail/retention.js';
import { ledgerWith, memoryLedger } from '../../support/memory-ledger.js';
import { type RetryNode, startRetryNode } from '../../support/retry-node.js';
import { FATES } from '../../support/wire.js';

const RUNS = 400;
/** Longer than a node is taken for alive after its last beat. */
const SILENCE_MS = 6000;
const NODES = 2;
const CRASHES_MAX = 3;
const ROUNDS_TO_CALM = 60;
const NEVER = 'is never answered';

/** What a run is made of: each choice is the next number of the tape, and the first of its kind past the end. */
const TAPE = fc.array(fc.nat(999), { minLength: 20, maxLength: 300, size: 'max' });

describe('two nodes, whatever becomes of their messages, crashes and retries', () => {
  test.each<Retention>(['full', 'digest', 'off'])(
    'decide each key once and answer it alike (retention %s)',
    async (retention) => {
      const holds = async (tape: number[]) => {
        const faults = await faultsOf(tape, retention);
        expect(faults).toEqual([]);
      };
      await fc.assert(fc.asyncProperty(TAPE, holds), { numRuns: RUNS });
    },
    120_000,
  );

  test.each<[string, (ledger: Ledger) => Partial<Ledger>]>([
    ['whose fences hold nothing off', () => ({ fence: () => Promise.resolve() })],
    [
      'that finds no answers',
      ({ retries }) => ({ retries: { ...bound(retries), readAnswer: () => Promise.resolve(undefined) } }),
    ],
    [
      'that lets everybody take over',
      ({ retries }) => ({
        retries: { ...bound(retries), takeOver: () => Promise.resolve({ reserved: true }) },
      }),
    ],
    [
      'that takes every node for dead',
      (ledger) => ({
        fence: () => Promise.resolve(),
        retries: { ...bound(ledger.retries), isAlive: () => Promise.resolve(false) },
      }),
    ],
  ])(
    'would be caught deciding twice by a ledger %s',
    async (_, broken) => {
      const breaks = async (tape: number[]) => {
        const faults = await faultsOf(tape, 'full', broken);
        expect(faults.filter((fault) => !fault.endsWith(NEVER))).toEqual([]);
      };
      const { failed } = await fc.check(fc.asyncProperty(TAPE, breaks), {
        numRuns: 3000,
        endOnFailure: true,
      });
      expect(failed).toBe(true);
    },
    120_000,
  );
});

async function faultsOf(
  tape: readonly number[],
  retention: Retention,
  broken: (ledger: Ledger) => Partial<Ledger> = () => ({}),
): Promise<readonly string[]> {
  const world = new World([...tape], retention, broken);
  await world.begin();
  await world.play();
  await world.calm();
  return world.faults();
}

interface Client {
  readonly id: string;
  /** The node that owes it an answer. */
  asked: RetryNode | undefined;
  isAnswered: boolean;
}

/** Clients that share keys, two nodes that share a ledger, and a tape that says what happens next. */
class World {
  readonly #tape: number[];
  readonly #retention: Retention;
  readonly #ledger: Ledger;
  #nowMs = 1_000_000;
  readonly #clock = { nowMs: () => this.#nowMs, monotonicMs: () => this.#nowMs };
  readonly #nodes: RetryNode[] = [];
  readonly #clients: Client[] = ['a', 'a', 'a', 'b', 'b'].map((id) => {
    return { id, asked: undefined, isAnswered: false };
  });
  /** Every answer that any client was given, also those that had asked again since. */
  readonly #told: { readonly id: string; readonly reply: RoundReply }[] = [];
  #crashes = 0;

  constructor(tape: number[], retention: Retention, broken: (ledger: Ledger) => Partial<Ledger>) {
    this.#tape = tape;
    this.#retention = retention;
    const ledger = memoryLedger({}, this.#clock);
    this.#ledger = ledgerWith(ledger, broken(ledger));
  }

  async begin(): Promise<void> {
    for (let node = 0; node < NODES; node++) await this.#start();
  }

  async play(): Promise<void> {
    while (this.#tape.length > 0) {
      await this.#step();
      await turn();
    }
  }

  /** Nothing fails any more and nobody dies: everybody who asks is answered in the end. */
  async calm(): Promise<void> {
    for (let round = 0; round < ROUNDS_TO_CALM && this.#clients.some(isOpen); round++) {
      await this.#pass();
      for (const node of this.#nodes) await this.#beat(node);
      await this.#pump();
      for (const client of this.#clients.filter(isOpen)) this.#ask(client, this.#nodes[round % NODES]!);
      await this.#pump();
    }
  }

  async faults(): Promise<readonly string[]> {
    const open = this.#clients.filter(isOpen).map(({ id }) => `${id} ${NEVER}`);
    const faults = await Promise.all(['a', 'b'].map((id) => this.#faultsOf(id)));
    return [...open, ...faults.flat()];
  }

  async #faultsOf(id: string): Promise<readonly string[]> {
    const told = this.#told.filter((each) => each.id === id).map(({ reply }) => reply);
    const answers = new Set(told.map((reply) => ('answer' in reply ? reply.answer.toString() : '')));
    const faults = answers.size > 1 ? [`${id} has several answers: ${[...answers].join(' ')}`] : [];
    if (this.#retention === 'off') return faults;
    const records = await this.#ledger.findRecords(roundKeyOf(id), 10);
    if (records.length > 1) faults.push(`${id} has ${records.length} records`);
    for (const reply of told) {
      const record = 'answer' in reply && (await this.#ledger.readRecord(parseRecordId(reply.recordId!)!));
      if (record === undefined) faults.push(`${id} has no record`);
    }
    return faults;
  }

  #next(choices: number): number {
    return (this.#tape.shift() ?? 0) % choices;
  }

  async #step(): Promise<void> {
    const kind = this.#next(20);
    const node = this.#nodes[this.#next(NODES)]!;
    if (kind < 11) await this.#letOne(node);
    else if (kind < 16) this.#ask(this.#clients[this.#next(this.#clients.length)]!, node);
    else if (kind < 18) await this.#beat(node);
    else if (kind === 18) await this.#pass();
    else if (this.#crashes < CRASHES_MAX) await this.#crash(node);
  }

  async #letOne({ wire }: RetryNode): Promise<void> {
    const { length } = wire.waiting;
    if (length === 0) return;
    const at = this.#next(length);
    // Most calls work, or nothing would ever get far enough to go wrong.
    await wire.let(at, FATES[Math.max(0, this.#next(12) - 7)]!);
  }

  #ask(client: Client, node: RetryNode): void {
    client.asked = node;
    const keyed = { key: client.id.repeat(64), fingerprint: 'f'.repeat(64) };
    void node.ask(keyed, client.id).then((reply) => {
      client.asked = undefined;
      if ('refusal' in reply) return;
      client.isAnswered = true;
      this.#told.push({ id: client.id, reply });
    });
  }

  /** Nothing is late by so much that it does not arrive in the meantime. */
  async #pass(): Promise<void> {
    for (const { wire } of this.#nodes) await wire.arrive();
    this.#nowMs += SILENCE_MS;
  }

  async #beat(node: RetryNode): Promise<void> {
    void node.beat();
    await turn();
  }

  async #crash(node: RetryNode): Promise<void> {
    this.#crashes++;
    this.#nodes.splice(this.#nodes.indexOf(node), 1);
    await node.wire.cut(() => this.#next(2) === 1);
    await this.#start();
  }

  async #start(): Promise<void> {
    this.#nodes.push(await startRetryNode(this.#ledger, this.#clock, this.#retention));
  }

  async #pump(): Promise<void> {
    await turn();
    for (let busy = true; busy;) {
      busy = false;
      for (const { wire } of this.#nodes) {
        while (wire.waiting.length > 0) {
          busy = true;
          await wire.let(0, 'works');
          await turn();
        }
      }
    }
  }
}

function isOpen({ isAnswered }: Client): boolean {
  return !isAnswered;
}

/** Lets everything happen that needs no wire. */
async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}

function bound(retries: Ledger['retries']): Ledger['retries'] {
  return {
    reserve: (reservation, keptMs) => retries.reserve(reservation, keptMs),
    takeOver: (reservation, from, keptMs) => retries.takeOver(reservation, from, keptMs),
    release: (key, node) => retries.release(key, node),
    readAnswer: (node, key) => retries.readAnswer(node, key),
    keepAnswer: (node, answer) => retries.keepAnswer(node, answer),
    beat: (node, aliveMs) => retries.beat(node, aliveMs),
    isAlive: (node) => retries.isAlive(node),
  };
}
