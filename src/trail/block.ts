import { invariant } from '../base/assert.js';

/**
 * A block holds the records of one batch.
 *
 *     record  record  record          canonical JSON
 *        \      |      /
 *         Merkle root  ---->  header  ---->  leaf of the node's log  ---->  checkpoint, signed
 *                             names the header before it
 */
export interface BlockHeader {
  readonly node: string;
  /** 0 is the birth of the node; no number is left out. */
  readonly number: number;
  readonly atMs: number;
  /** Records in the block. */
  readonly count: number;
  /** SHA-256 over the leaf encoding of the header before, hex; of the empty tree for block 0. */
  readonly previous: string;
  /** RFC 6962 root over the records, hex. */
  readonly recordsRoot: string;
}

/** The header as canonical JSON (RFC 8785): members in the order of their names. readHeader is the inverse. */
export function writeHeader(header: BlockHeader): string {
  return (
    `{"at":${header.atMs},"count":${header.count},"kind":"block","node":"${header.node}","number":${header.number}` +
    `,"previous":"${header.previous}","recordsRoot":"${header.recordsRoot}","version":1}`
  );
}

/** The header in this text, which has to be spelled as writeHeader spells it. */
export function readHeader(text: string): BlockHeader {
  const { at, ...rest } = JSON.parse(text) as Omit<BlockHeader, 'atMs'> & { readonly at: number };
  const header = { ...rest, atMs: at };
  invariant(writeHeader(header) === text, 'a ledger gives headers back as they were written');
  return header;
}
