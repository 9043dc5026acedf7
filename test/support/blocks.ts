import { expect } from 'vitest';
import type { Ledger, StoredBlock } from '../../src/engine/ledger-port.js';
import { leafHash } from '../../src/trail/merkle.js';
import { roundKeyOf } from '../../src/trail/round-key.js';

/** A block as a ledger sees it: texts it does not look into. `variant` tells two blocks of one place apart. */
export function block(node: string, number: number, variant = 'usual'): StoredBlock {
  const record = (index: number): string =>
    `{"node":"${node}","record":${index},"of":${number},"text":"\u00fc ${variant}"}`;
  return {
    node,
    number,
    header: `{"number":${number},"variant":"${variant}"}`,
    checkpoint: `parley.log/${node}\n${number + 1}\n${variant}\n\n\u2014 signature\n`,
    retention: 'full',
    roundKeys: Buffer.concat([0, 1, 2].map((index) => roundKeyOf(`${number}.${index}`))),
    body: Buffer.from(`${[0, 1, 2].map(record).join('\n')}\n`),
  };
}

/** The same with hashes only; one of them holds the bytes of line ends. */
export function digestBlock(node: string, number: number): StoredBlock {
  const body = Buffer.concat([leafHash('one'), Buffer.alloc(32, '\n'), leafHash('three')]);
  return { ...block(node, number, 'digest'), retention: 'digest', body };
}

/** Begins the log of a node with so many blocks. */
export async function grow(ledger: Ledger, node: string, blocks: number): Promise<void> {
  for (let number = 0; number < blocks; number++) {
    const expected = number === 0 ? undefined : block(node, number - 1).checkpoint;
    expect(await ledger.append(block(node, number), expected)).toEqual({ appended: true });
  }
}

/** What a ledger counts. */
export function bytesOf({ header, checkpoint, body }: StoredBlock): number {
  return header.length + checkpoint.length + body.length;
}
