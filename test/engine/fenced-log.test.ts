import { describe, expect, test } from 'vitest';
import type { Ledger } from '../../src/engine/ledger-port.js';
import { NodeLog, UNKNOWN } from '../../src/engine/node-log.js';
import { leafHash } from '../../src/trail/merkle.js';
import { identityOf, ledgerWith, logTerms, memoryLedger } from '../support/memory-ledger.js';

const [FIRST, SECOND, THIRD] = ['n00000000000000aa', 'n00000000000000bb', 'n00000000000000cc'];

describe('a node whose log another node has fenced', () => {
  test('loses the block at hand, and goes on in a log of its own that begins with a birth', async () => {
    const ledger = memoryLedger();
    const log = await openLog(ledger);
    await log.append(entry(1));
    await ledger.fence(FIRST);
    await expect(log.append(entry(2))).rejects.toThrow(`${FIRST} was fenced`);
    expect(log.node).toBe(SECOND);
    expect(await log.append(entry(3))).toEqual({ node: SECOND, block: 1 });
    expect(await ledger.readHead(FIRST)).toMatchObject({ size: 2, isFenced: true });
    expect(await ledger.readHead(SECOND)).toMatchObject({ size: 2, isFenced: false });
    expect((await ledger.readBlock(SECOND, 0))?.body?.toString()).toContain('birth');
  });

  test('begins anew as often as it is fenced', async () => {
    const ledger = memoryLedger();
    const log = await openLog(ledger);
    for (const node of [FIRST, SECOND]) {
      await ledger.fence(node);
      await expect(log.append(entry(1))).rejects.toThrow('was fenced');
    }
    expect(await log.append(entry(2))).toEqual({ node: THIRD, block: 1 });
  });

  test('knows of a block that was in doubt whether it stood before the fence', async () => {
    const ledger = memoryLedger();
    let fate: 'works' | 'lost' | 'unanswered' = 'works';
    const log = await openLog(
      ledgerWith(ledger, {
        append: async (block, expected) => {
          if (fate === 'works') return ledger.append(block, expected);
          if (fate === 'unanswered') await ledger.append(block, expected);
          throw new Error('the connection broke');
        },
      }),
    );
    fate = 'unanswered';
    expect(await log.append(entry(1))).toBe(UNKNOWN);
    expect(await log.settle()).toBe(false);
    await ledger.fence(FIRST);
    fate = 'works';
    expect(await log.settle()).toBe(true);
    expect(log.node).toBe(FIRST);
    fate = 'lost';
    await log.append(entry(2));
    fate = 'works';
    await expect(log.settle()).rejects.toThrow('was fenced');
    expect(await ledger.readHead(FIRST)).toMatchObject({ size: 2 });
    expect(await log.append(entry(3))).toEqual({ node: SECOND, block: 1 });
  });

  test('is told by name, and does not begin anew for a name it has left', async () => {
    const ledger = memoryLedger();
    const log = await openLog(ledger);
    await log.renew(FIRST);
    expect(log.node).toBe(SECOND);
    await log.renew(FIRST);
    expect(log.node).toBe(SECOND);
  });

  test('writes no answer under another name than its key was taken for', async () => {
    const ledger = memoryLedger();
    const log = await openLog(ledger);
    const refusing = {
      ...entry(1),
      answersIn: () => {
        throw new Error('not in this log');
      },
    };
    await expect(log.append(refusing)).rejects.toThrow('not in this log');
    expect(await log.append(entry(2))).toEqual({ node: FIRST, block: 1 });
  });
});

function entry(at: number) {
  const content = { atMs: at, count: 1, recordsRoot: leafHash(String(at)) };
  return { content, body: Buffer.from(`${at}\n`), roundKeys: Buffer.alloc(0) };
}

function openLog(ledger: Ledger): Promise<NodeLog> {
  const names = [FIRST, SECOND, THIRD];
  return NodeLog.open(ledger, () => identityOf(names.shift()!), logTerms('full'));
}
