import { beforeAll, describe, expect, test } from 'vitest';
import { formatRecordId } from '../../src/base/ids.js';
import { findReceiptWith } from '../../src/engine/trail/find-receipt.js';
import { LogTree } from '../../src/engine/trail/log-tree.js';
import { checkInclusion } from '../../src/trail/inclusion.js';
import { leafHash } from '../../src/trail/merkle.js';
import type { Receipt } from '../../src/schema/receipt.js';
import { verifyReceipt } from '../../src/verify/verify-receipt.js';
import { ALDER, BIRCH, CEDAR, threeLogs } from '../support/exported-trail.js';

type Trail = Awaited<ReturnType<typeof threeLogs>>;
type Members = Record<string, unknown>;

interface Falsehood {
  readonly says: string;
  readonly change: (receipt: Receipt, other: Receipt) => object;
  readonly why: RegExp;
}

const NO_KEYS: ReadonlySet<string> = new Set();

const FALSEHOODS: readonly Falsehood[] = [
  {
    says: 'another record',
    change: ({ record }) => ({ record: record!.replace('2000', '2001') }),
    why: /not the record that its hash is of/,
  },
  {
    says: 'another record with its hash',
    change: () => ({ record: '{}', recordHash: hex(leafHash('{}')) }),
    why: /not in its block/,
  },
  { says: 'another place', change: ({ id }) => ({ id: id.replace(/\d$/, '1') }), why: /not in its block/ },
  {
    says: 'another block',
    change: ({ id }) => ({ id: id.replace(/-3-/, '-2-') }),
    why: /not in the log that was signed/,
  },
  {
    says: 'a place beyond the block',
    change: ({ id }) => ({ id: id.replace(/\d$/, '7') }),
    why: /not in its block/,
  },
  {
    says: 'another header',
    change: ({ header }) => ({ header: header.replace('"count":5', '"count":6') }),
    why: /not in the log that was signed/,
  },
  {
    says: 'a proof that is too short',
    change: ({ recordProof }) => ({ recordProof: recordProof.slice(1) }),
    why: /not in its block/,
  },
  {
    says: 'a proof that is too long',
    change: ({ headerProof }) => ({ headerProof: [...headerProof, headerProof[0]] }),
    why: /not in the log that was signed/,
  },
  { says: 'no proof', change: () => ({ headerProof: undefined }), why: /not in the log that was signed/ },
  {
    says: 'the checkpoint of another log',
    change: (_, { checkpoint }) => ({ checkpoint }),
    why: /not signed by the key/,
  },
  {
    says: 'the key of another node',
    change: (_, { publicKey }) => ({ publicKey }),
    why: /not signed by the key/,
  },
  { says: 'the birth of another node', change: (_, { birth }) => ({ birth }), why: /birth of its node/ },
  { says: 'no birth', change: () => ({ birth: undefined }), why: /birth of its node/ },
];

let trail: Trail;
let receipt: Receipt;
let other: Receipt;

beforeAll(async () => {
  trail = await threeLogs();
  receipt = await receiptOf(formatRecordId({ node: ALDER, block: 3, index: 4 }));
  other = await receiptOf(formatRecordId({ node: CEDAR, block: 3, index: 1 }));
});

describe('a receipt', () => {
  test('of every record of every log fits', async () => {
    for (const [node, blocks] of [
      [ALDER, [1, 3, 1, 5, 2]],
      [BIRCH, [1, 2, 3]],
    ] as const) {
      for (const [block, count] of blocks.entries()) {
        for (let index = 0; index < count; index++) {
          const told = await receiptOf(formatRecordId({ node, block, index }));
          const isWhole = node === ALDER || block === 0;
          const checked = isWhole ? told.record : undefined;
          const { id, publicKey } = told;
          expect(verifyReceipt(JSON.stringify(told), NO_KEYS)).toEqual({ id, publicKey, checked });
        }
      }
    }
  });

  test('has proofs that the engine takes, too', () => {
    const leaf = Buffer.from(receipt.recordHash, 'hex');
    const { recordsRoot, count } = JSON.parse(receipt.header) as { recordsRoot: string; count: number };
    const root = Buffer.from(recordsRoot, 'hex');
    const proof = receipt.recordProof.map((hash) => Buffer.from(hash, 'hex'));
    expect(checkInclusion({ index: 4, size: count, leaf, root }, proof)).toBe(true);
  });

  test.each(FALSEHOODS)('with $says does not fit', ({ change, why }) => {
    const changed = JSON.stringify({ ...receipt, ...change(receipt, other) });
    const { id } = JSON.parse(changed) as Members;
    const told = expect.stringMatching(why) as string;
    expect(verifyReceipt(changed, NO_KEYS)).toEqual({ record: id, why: told });
  });

  test('fits under a key that is trusted, and under no other', () => {
    const text = JSON.stringify(receipt);
    expect(verifyReceipt(text, new Set([receipt.publicKey]))).toHaveProperty('checked');
    expect(verifyReceipt(text, new Set([other.publicKey]))).toHaveProperty('why');
  });

  test.each(['', '{', '[]', 'null', '{}', '{"id":"r1"}', '{"id":1}', '"n0123456789abcdef-1-0"'])(
    '%s is none',
    (text) => {
      expect(verifyReceipt(text, NO_KEYS)).toBeUndefined();
    },
  );
});

async function receiptOf(id: string): Promise<Receipt> {
  const { ledger } = trail;
  const ports = { ledger, tree: new LogTree(ledger), journal: { fault: fail }, ownNode: () => undefined };
  const found = await findReceiptWith(ports)(id, undefined);
  if ('refusal' in found) throw new Error(found.refusal.message);
  return found.receipt;
}

function fail(message: string, cause: unknown): void {
  throw new Error(message, { cause });
}

function hex(hash: Buffer): string {
  return hash.toString('hex');
}
