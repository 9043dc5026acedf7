import { LRUCache } from 'lru-cache';
import { leafHash, nodeHash, treeRoot } from '../../trail/merkle.js';
import { halvesOf, leafCount, type Subtree } from '../../trail/subtree.js';
import type { Logs } from '../ledger-port.js';

/** Headers that are read at once. */
const PAGE_LEAVES = 256;
/** A hundred bytes each: those of some million blocks. */
const REMEMBERED_MAX = 32_768;

type Root = Promise<Buffer | undefined>;

/**
 * Roots of parts of the trees over the headers of logs. A log only grows, so a complete part is hashed once and
 * remembered, and no log is ever held whole.
 */
export class LogTree {
  readonly #logs: Logs;
  readonly #roots = new LRUCache<string, Root>({ max: REMEMBERED_MAX });

  constructor(logs: Logs) {
    this.#logs = logs;
  }

  /** MTH of RFC 6962, section 2.1; undefined when headers of the part have gone. */
  rootOf(node: string, part: Subtree): Root {
    if (leafCount(part) < PAGE_LEAVES || !isPowerOfTwo(leafCount(part))) return this.#find(node, part);
    const key = `${node} ${part.start} ${part.end}`;
    const known = this.#roots.get(key);
    if (known !== undefined) return known;
    const root = this.#find(node, part);
    this.#roots.set(key, root);
    const forget = (): void => void this.#roots.delete(key);
    root.then((found) => {
      if (found === undefined) forget();
    }, forget);
    return root;
  }

  /** The roots of several parts, as a proof has them; undefined when headers of one have gone. */
  async rootsOf(node: string, parts: readonly Subtree[]): Promise<Buffer[] | undefined> {
    const roots: Buffer[] = [];
    for (const part of parts) {
      const root = await this.rootOf(node, part);
      if (root === undefined) return undefined;
      roots.push(root);
    }
    return roots;
  }

  async #find(node: string, part: Subtree): Root {
    if (leafCount(part) <= PAGE_LEAVES) return this.#hash(node, part);
    const [left, right] = halvesOf(part);
    const leftRoot = await this.rootOf(node, left);
    const rightRoot = leftRoot && (await this.rootOf(node, right));
    return leftRoot && rightRoot && nodeHash(leftRoot, rightRoot);
  }

  async #hash(node: string, part: Subtree): Root {
    const leaves: Buffer[] = [];
    while (leaves.length < leafCount(part)) {
      const rest = leafCount(part) - leaves.length;
      const headers = await this.#logs.readHeaders(node, part.start + leaves.length, rest);
      if (headers.length === 0) return undefined;
      leaves.push(...headers.map(leafHash));
    }
    return treeRoot(leaves);
  }
}

function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(Math.log2(count));
}
