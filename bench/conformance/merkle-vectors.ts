import { checkConsistency } from '../../src/trail/consistency.js';
import { checkInclusion } from '../../src/trail/inclusion.js';
import type { Suite } from './vector.js';

interface MerkleVector {
  readonly root?: string;
  readonly root1?: string;
  readonly root2?: string;
  readonly leafIdx?: number;
  readonly leafHash?: string;
  readonly treeSize?: number;
  readonly size1?: number;
  readonly size2?: number;
  readonly proof: readonly string[] | null;
  readonly desc: string;
  /** Whether the proof is broken. */
  readonly wantErr: boolean;
}

export interface VectorFile {
  readonly name: string;
  readonly text: string;
}

export const MERKLE_KINDS = ['inclusion', 'consistency'] as const;
export type MerkleKind = (typeof MERKLE_KINDS)[number];

const MEMBERS: Readonly<Record<MerkleKind, readonly string[]>> = {
  inclusion: ['leafIdx', 'treeSize', 'root', 'leafHash', 'proof', 'wantErr'],
  consistency: ['size1', 'size2', 'root1', 'root2', 'proof', 'wantErr'],
};

/** Runs the vectors of a folder, one proof a file, good and broken ones. */
export function runMerkle(kind: MerkleKind, folder: string, files: readonly VectorFile[]): Suite {
  const vectors = files.map(({ name, text }) => ({ name, ...judge(kind, text) }));
  return {
    folder,
    says: `RFC 6962 ${kind} proofs`,
    vectors: vectors.map(({ name, failure }) => ({ name, failure })),
    broken: vectors.filter(({ isBroken }) => isBroken).length,
  };
}

function judge(kind: MerkleKind, text: string) {
  const vector = readVector(kind, text);
  if (vector === undefined) return { isBroken: false, failure: `this is no ${kind} vector` };
  const accepted = kind === 'inclusion' ? acceptsInclusion(vector) : acceptsConsistency(vector);
  if (accepted !== vector.wantErr) return { isBroken: vector.wantErr, failure: undefined };
  return {
    isBroken: vector.wantErr,
    failure: accepted ? 'a broken proof was taken' : 'a good proof was refused',
  };
}

function readVector(kind: MerkleKind, text: string): MerkleVector | undefined {
  try {
    const vector: unknown = JSON.parse(text);
    const isOne =
      typeof vector === 'object' && vector !== null && MEMBERS[kind].every((name) => name in vector);
    return isOne ? (vector as MerkleVector) : undefined;
  } catch {
    return undefined;
  }
}

function acceptsInclusion({ leafIdx, treeSize, leafHash, root, proof }: MerkleVector): boolean {
  const claim = { index: leafIdx ?? 0, size: treeSize ?? 0, leaf: bytes(leafHash), root: bytes(root) };
  return checkInclusion(claim, (proof ?? []).map(bytes));
}

function acceptsConsistency({ size1, size2, root1, root2, proof }: MerkleVector): boolean {
  const claim = { from: size1 ?? 0, to: size2 ?? 0, fromRoot: bytes(root1), toRoot: bytes(root2) };
  return checkConsistency(claim, (proof ?? []).map(bytes));
}

function bytes(base64 = ''): Buffer {
  return Buffer.from(base64, 'base64');
}
