import { leafHash } from '../trail/merkle.js';
import { type Block, type Header, readBirth, readHeader } from './block.js';
import { type Checkpoint, isSigned, type LogKey, logKeyOf, readCheckpoint } from './checkpoint.js';
import { GrowingTree } from './tree.js';

/** The first record that does not fit, or the first that cannot be told to fit, and why. */
export interface Misfit {
  readonly record: string;
  readonly why: string;
}

/** What a trail has to agree with beyond itself. */
export interface Demands {
  /** Keys in hex. None: a log is checked with the key that its own birth names. */
  readonly keys: ReadonlySet<string>;
  /** Checkpoints that somebody kept, each until its log has reached it. */
  readonly held: Set<Checkpoint>;
}

const NEWLINE = 0x0a;
const HASH_BYTES = 32;
const EMPTY_ROOT = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Checks one log, block by block in their order, and remembers nothing but the tree over its headers. */
export class LogCheck {
  readonly node: string;
  publicKey = '';
  blocks = 0;
  /** Checked whole. */
  records = 0;
  /** Checked by the hashes that are kept of them. */
  digests = 0;
  /** Blocks of which only header and checkpoint are left, and the records that were in them. */
  trimmed = { blocks: 0, records: 0, first: 0, last: 0 };
  readonly #demands: Demands;
  readonly #tree = new GrowingTree();
  #key: LogKey | undefined;
  #previous = EMPTY_ROOT;

  constructor(node: string, demands: Demands) {
    this.node = node;
    this.#demands = demands;
  }

  misfit(why: string, block = this.blocks, index = 0): Misfit {
    return { record: `${this.node}-${block}-${index}`, why };
  }

  take(block: Block): Misfit | undefined {
    const { number } = block;
    if (number < this.blocks) return this.misfit(`block ${number} stands here again`, number);
    if (number > this.blocks) return this.misfit(`it is missing, and block ${number} stands in its place`);
    const header = readHeader(block.header);
    if (header === undefined) return this.misfit('the header of its block is not written as headers are');
    const wrong = this.#begins(block) ?? this.#follows(block, header) ?? this.#agrees();
    if (wrong !== undefined) return this.misfit(wrong);
    const misfit = this.#holds(block, header);
    this.blocks++;
    return misfit;
  }

  /** What a log that ends here should still have had. */
  end(): Misfit | undefined {
    const beyond = this.#held().find(({ size }) => size > this.blocks);
    return beyond && this.misfit(`it is missing: the checkpoint you hold covers ${beyond.size} blocks`);
  }

  /** Block 0 is the birth of the node and brings the key of everything that follows. */
  #begins({ kept }: Block): string | undefined {
    if (this.#key !== undefined) return undefined;
    const publicKey = readBirth(kept?.records?.toString().slice(0, -1) ?? '', this.node);
    if (publicKey === undefined) return 'it is not the birth of its node';
    const { keys } = this.#demands;
    if (keys.size > 0 && !keys.has(publicKey))
      return `its log has the key ${publicKey}, which you do not trust`;
    this.publicKey = publicKey;
    this.#key = logKeyOf(this.node, publicKey);
    return undefined;
  }

  /** The header goes on from the one before, and the checkpoint is signed over all headers up to this one. */
  #follows(block: Block, { node, number, previous }: Header): string | undefined {
    const checkpoint = readCheckpoint(block.checkpoint);
    if (checkpoint === undefined || !isSigned(checkpoint, this.#key!))
      return 'the checkpoint of its block is not signed by the key of the log';
    const leaf = leafHash(block.header);
    this.#tree.add(leaf);
    if (checkpoint.size !== block.number + 1 || checkpoint.root !== this.#tree.root.toString('base64'))
      return 'the header of its block is not the one that was signed';
    if (node !== this.node || number !== block.number || previous !== this.#previous)
      return 'the header of its block does not go on from the one before';
    this.#previous = leaf.toString('hex');
    return undefined;
  }

  /** A checkpoint that somebody kept was signed over the same headers. */
  #agrees(): string | undefined {
    for (const checkpoint of this.#held().filter(({ size }) => size === this.blocks + 1)) {
      if (!isSigned(checkpoint, this.#key!))
        return 'the checkpoint you hold is not signed by the key of the log';
      if (checkpoint.root !== this.#tree.root.toString('base64'))
        return 'the checkpoint you hold was signed over another history';
      this.#demands.held.delete(checkpoint);
    }
    return undefined;
  }

  #held(): Checkpoint[] {
    return [...this.#demands.held].filter(({ origin }) => origin === this.#key?.origin);
  }

  /** The records are those that the header counts and that its root was made of. */
  #holds({ number, kept }: Block, { count, recordsRoot }: Header): Misfit | undefined {
    if (kept === undefined) {
      this.#miss(number, count);
      return undefined;
    }
    const { records, leaves } = kept;
    if (leaves.length !== HASH_BYTES * count)
      return this.misfit(`its block has ${count} records by its header, and not as many hashes`);
    const stray = records === undefined ? undefined : strayRecord(records, leaves);
    if (stray !== undefined) return this.misfit('it is not the record that was sealed', number, stray);
    const tree = new GrowingTree();
    for (let start = 0; start < leaves.length; start += HASH_BYTES)
      tree.add(leaves.subarray(start, start + HASH_BYTES));
    if (tree.root.toString('hex') !== recordsRoot)
      return this.misfit(`it or another of the ${count} of its block is not what was sealed`);
    if (records === undefined) this.digests += count;
    else this.records += count;
    return undefined;
  }

  #miss(number: number, count: number): void {
    const { blocks, records, first } = this.trimmed;
    this.trimmed = {
      blocks: blocks + 1,
      records: records + count,
      first: blocks === 0 ? number : first,
      last: number,
    };
  }
}

/** The first record, one a line, that does not have the hash beside it. */
function strayRecord(records: Buffer, leaves: Buffer): number | undefined {
  let [index, start] = [0, 0];
  for (let end = records.indexOf(NEWLINE); end !== -1; end = records.indexOf(NEWLINE, start)) {
    const leaf = leaves.subarray(HASH_BYTES * index, HASH_BYTES * (index + 1));
    if (!leafHash(records.subarray(start, end)).equals(leaf)) return index;
    [index, start] = [index + 1, end + 1];
  }
  return start === records.length && index * HASH_BYTES === leaves.length ? undefined : index;
}
