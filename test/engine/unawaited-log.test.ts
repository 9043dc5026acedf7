import { describe, expect, test } from 'vitest';
import { type Ledger, LedgerUnavailable } from '../../src/engine/ledger-port.js';
import { type Entry, NodeLog } from '../../src/engine/node-log.js';
import { unawaitedLog } from '../../src/engine/unawaited-log.js';
import { leafHash } from '../../src/trail/merkle.js';
import { identityOf, ledgerWith, logTerms, memoryLedger } from '../support/memory-ledger.js';
import { until } from '../support/until.js';

const NODE = 'n0123456789abcdef';
const OTHER = 'nfedcba9876543210';

describe('a log that is not waited for', () => {
  test('answers before the ledger has the block, and seals the next one when it has', async () => {
    const { log, gate, append, memory } = await heldLog();
    expect(await append(1)).toEqual({ node: NODE, block: 1 });
    expect(await memory.readBlock(NODE, 1)).toBeUndefined();
    const second = append(2);
    gate.open();
    expect(await second).toEqual({ node: NODE, block: 2 });
    expect(await memory.readBlock(NODE, 1)).toBeDefined();
    gate.open();
    expect(await log.settle()).toBe(true);
    expect(await memory.readHead(NODE)).toMatchObject({ size: 3 });
  });

  test('tells of a block that was answered and may not stand, and sends it again before any other', async () => {
    const { gate, append, memory, told } = await heldLog();
    expect(await append(1)).toEqual({ node: NODE, block: 1 });
    gate.fail(new Error('the connection broke'));
    gate.fail(new Error('the connection broke'));
    await until('it is told', () => told.length > 0);
    expect(told).toEqual([`ledger`, `block 1 of ${NODE} was answered and is not known to stand`]);
    const second = append(2);
    gate.open();
    expect(await second).toEqual({ node: NODE, block: 2 });
    expect(await memory.readBlock(NODE, 1)).toBeDefined();
  });

  test('tells of a block that was answered and is lost, and goes on', async () => {
    const { gate, append, memory, told } = await heldLog();
    expect(await append(1)).toEqual({ node: NODE, block: 1 });
    gate.fail(new LedgerUnavailable('no memory'));
    await until('it is told', () => told.length > 0);
    expect(told).toEqual(['ledger', `block 1 of ${NODE} was answered and is lost`]);
    expect(await append(2)).toEqual({ node: NODE, block: 1 });
    gate.open();
    await until('it stands', async () => (await memory.readHead(NODE))?.size === 2);
  });

  test('refuses what may not stand in this log, and seals the next one in its place', async () => {
    const { gate, append, memory, told } = await heldLog();
    const foreign = (): never => {
      throw new Error('the key was taken for another log');
    };
    await expect(append(1, foreign)).rejects.toThrow('another log');
    expect(told).toEqual([]);
    expect(await append(2)).toEqual({ node: NODE, block: 1 });
    gate.open();
    await until('it stands', async () => (await memory.readHead(NODE))?.size === 2);
  });

  test('refuses what could not even be sealed', async () => {
    const { gate, append } = await heldLog();
    await append(1);
    for (let attempt = 0; attempt < 2; attempt++) gate.fail(new Error('the connection broke'));
    const second = append(2);
    gate.fail(new Error('the connection broke'));
    await expect(second).rejects.toThrow('block 1');
  });
});

/** Appends wait behind a gate, which lets them through, or fails them, one at a time. */
class Gate {
  readonly #waiting: ((fault: Error | undefined) => void)[] = [];
  readonly #fates: (Error | undefined)[] = [];

  open(): void {
    this.#decide(undefined);
  }

  fail(fault: Error): void {
    this.#decide(fault);
  }

  async pass(): Promise<void> {
    const fault = await new Promise<Error | undefined>((resolve) => {
      if (this.#fates.length > 0) resolve(this.#fates.shift());
      else this.#waiting.push(resolve);
    });
    if (fault !== undefined) throw fault;
  }

  #decide(fault: Error | undefined): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#fates.push(fault);
    else next(fault);
  }
}

async function heldLog() {
  const memory = memoryLedger();
  const gate = new Gate();
  const held: Ledger = ledgerWith(memory, {
    append: async (block, expected) => {
      await gate.pass();
      return memory.append(block, expected);
    },
  });
  gate.open();
  const names = [OTHER, NODE];
  const log = await NodeLog.open(held, () => identityOf(names.pop()!), logTerms('full'));
  const told: string[] = [];
  const unawaited = unawaitedLog({
    log,
    meter: { batchFailed: (cause) => void told.push(cause) },
    journal: { fault: (message) => void told.push(message) },
  });
  const append = (at: number, answersIn?: Entry['answersIn']) => {
    const content = { atMs: at, count: 1, recordsRoot: leafHash(String(at)) };
    const entry = { content, body: Buffer.from(`${at}\n`), roundKeys: Buffer.alloc(0) };
    return unawaited.append({ ...entry, ...(answersIn && { answersIn }) });
  };
  return { log, gate, append, memory, told };
}
