import { leafHash } from '../../src/trail/merkle.js';
import { ALDER, BIRCH, CEDAR } from '../support/exported-trail.js';
import { ALDERS, BIRCHES, CEDARS, change, read, type Tampering, written } from './tampering.js';

/** What somebody may have done to the contents of a block. */
export const INSIDE_BLOCKS: readonly Tampering[] = [
  {
    says: 'a byte of a record',
    lines: change(ALDERS + 3, `${ALDER}-3-4`, `${ALDER}-3-5`),
    record: `${ALDER}-3-4`,
    why: /not the record that was sealed/,
  },
  {
    says: 'a byte of a record, with its hash made to agree',
    lines: (lines) => {
      const block = read(lines[ALDERS + 3]!);
      const body = String(block['body']).replace(`${ALDER}-3-4`, `${ALDER}-3-5`);
      const leaves = Buffer.concat(body.trimEnd().split('\n').map(leafHash)).toString('base64');
      return lines.with(ALDERS + 3, written({ ...block, body, leaves }));
    },
    record: `${ALDER}-3-0`,
    why: /another of the 5 of its block is not what was sealed/,
  },
  {
    says: 'a hash beside a record',
    lines: (lines) => {
      const block = read(lines[ALDERS + 3]!);
      const leaves = Buffer.from(String(block['leaves']), 'base64');
      leaves[2 * 32] = leaves[2 * 32]! ^ 1;
      return lines.with(ALDERS + 3, written({ ...block, leaves: leaves.toString('base64') }));
    },
    record: `${ALDER}-3-2`,
    why: /not the record that was sealed/,
  },
  {
    says: 'a record taken out',
    lines: (lines) => {
      const block = read(lines[ALDERS + 3]!);
      const records = String(block['body']).split('\n');
      return lines.with(ALDERS + 3, written({ ...block, body: records.toSpliced(1, 1).join('\n') }));
    },
    record: `${ALDER}-3-1`,
    why: /not the record that was sealed/,
  },
  {
    says: 'a record taken out, with its hash',
    lines: (lines) => {
      const block = read(lines[ALDERS + 3]!);
      const body = String(block['body']).split('\n').toSpliced(1, 1).join('\n');
      const leaves = Buffer.concat(body.trimEnd().split('\n').map(leafHash)).toString('base64');
      return lines.with(ALDERS + 3, written({ ...block, body, leaves }));
    },
    record: `${ALDER}-3-0`,
    why: /5 records by its header/,
  },
  {
    says: 'a record put behind the others',
    lines: change(ALDERS + 4, '}\\n",', '}\\n{}\\n",'),
    record: `${ALDER}-4-2`,
    why: /not the record that was sealed/,
  },
  {
    says: 'a count in a header',
    lines: change(ALDERS + 2, '\\"count\\":1', '\\"count\\":2'),
    record: `${ALDER}-2-0`,
    why: /header of its block is not the one that was signed/,
  },
  {
    says: 'a header in another spelling',
    lines: change(ALDERS + 2, '\\"count\\":1', '\\"count\\": 1'),
    record: `${ALDER}-2-0`,
    why: /not written as headers are/,
  },
  {
    says: 'a size in a checkpoint',
    lines: change(ALDERS + 2, '\\n3\\n', '\\n4\\n'),
    record: `${ALDER}-2-0`,
    why: /not signed by the key of the log/,
  },
  {
    says: 'a signature of another block',
    lines: (lines) => {
      const [one, other] = [read(lines[ALDERS + 1]!), read(lines[ALDERS + 2]!)];
      const [body] = String(other['checkpoint']).split('\n\n');
      const [, signature] = String(one['checkpoint']).split('\n\n');
      return lines.with(ALDERS + 2, written({ ...other, checkpoint: `${body!}\n\n${signature!}` }));
    },
    record: `${ALDER}-2-0`,
    why: /not signed by the key of the log/,
  },
  {
    says: 'the checkpoint of the block before',
    lines: (lines) => {
      const [one, other] = [read(lines[ALDERS + 1]!), read(lines[ALDERS + 2]!)];
      return lines.with(ALDERS + 2, written({ ...other, checkpoint: one['checkpoint'] }));
    },
    record: `${ALDER}-2-0`,
    why: /not the one that was signed/,
  },
  {
    says: 'a hash of a digest block',
    lines: (lines) => {
      const block = read(lines[BIRCHES + 2]!);
      const leaves = Buffer.from(String(block['body']), 'base64');
      leaves[40] = leaves[40]! ^ 1;
      return lines.with(BIRCHES + 2, written({ ...block, body: leaves.toString('base64') }));
    },
    record: `${BIRCH}-2-0`,
    why: /another of the 3 of its block/,
  },
  {
    says: 'fewer hashes of a digest block',
    lines: (lines) => {
      const block = read(lines[BIRCHES + 2]!);
      const leaves = Buffer.from(String(block['body']), 'base64').subarray(32);
      return lines.with(BIRCHES + 2, written({ ...block, body: leaves.toString('base64') }));
    },
    record: `${BIRCH}-2-0`,
    why: /not as many hashes/,
  },
  {
    says: 'a byte in the header of a trimmed block',
    lines: change(CEDARS + 1, '\\"at\\":2000', '\\"at\\":2001'),
    record: `${CEDAR}-1-0`,
    why: /not the one that was signed/,
  },
  {
    says: 'a birth without its record',
    lines: (lines) => {
      const { checkpoint, header, node, number } = read(lines[CEDARS]!);
      return lines.with(CEDARS, written({ checkpoint, header, node, number, trimmed: true }));
    },
    record: `${CEDAR}-0-0`,
    why: /not the birth of its node/,
  },
  {
    says: 'another key in a birth',
    lines: (lines) => {
      const key = /publicKey\\":\\"([0-9a-f]{64})/.exec(lines[BIRCHES]!)![1]!;
      const turned = Buffer.from(key, 'hex').reverse().toString('hex');
      return lines.with(BIRCHES, lines[BIRCHES]!.replace(key, turned));
    },
    record: `${BIRCH}-0-0`,
    why: /not signed by the key of the log/,
  },
  {
    says: 'a key that nobody trusts',
    lines: (lines) => lines,
    given: ({ alder, cedar }) => ({ keys: [alder.publicKey, cedar.publicKey] }),
    record: `${BIRCH}-0-0`,
    why: /which you do not trust/,
  },
];
