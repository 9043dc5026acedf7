import { expect, test } from 'vitest';
import { block } from '../support/blocks.js';
import { ledgerConformance } from '../support/ledger-conformance.js';
import { memoryLedger } from '../support/memory-ledger.js';

ledgerConformance('the embedded ledger', ({ blockBytesMax, catalogueBytesMax }) =>
  memoryLedger({ trailBytesMax: blockBytesMax, catalogueBytesMax }),
);

test('the bound of the embedded ledger holds over all nodes together', async () => {
  const { header, checkpoint, body } = block('n00000000000000a0', 9);
  const ledger = memoryLedger({ trailBytesMax: 10 * (header.length + checkpoint.length + body.length) });
  let kept = 0;
  for (const node of ['n00000000000000a0', 'n00000000000000b0', 'n00000000000000c0']) {
    for (let number = 0; number < 10; number++) {
      await ledger.append(block(node, number), number === 0 ? undefined : block(node, number - 1).checkpoint);
    }
  }
  for (const node of ['n00000000000000a0', 'n00000000000000b0', 'n00000000000000c0']) {
    for (let number = 1; number < 10; number++) {
      if ((await ledger.readBlock(node, number))?.body !== undefined) kept++;
    }
  }
  expect(kept).toBeLessThanOrEqual(10);
  expect(kept).toBeGreaterThan(0);
});
