/** An id is 1 to 128 visible ASCII characters: no spaces, no control characters, nothing to normalise. */
export const ID_LENGTH_MAX = 128;
export const ID_PATTERN = `^[\\x21-\\x7e]{1,${ID_LENGTH_MAX}}$`;

/** Where a record stands: the log of one node, a block of it, a place in the block. */
export interface RecordAddress {
  readonly node: string;
  readonly block: number;
  readonly index: number;
}

const RECORD_ID = /^(n[0-9a-f]{16})-(0|[1-9]\d{0,14})-(0|[1-9]\d{0,5})$/;

/** A node's identity is fresh per start: 8 random bytes, given by the shell. */
export function nodeIdFrom(random: Uint8Array): string {
  return `n${Buffer.from(random.subarray(0, 8)).toString('hex')}`;
}

export function formatRecordId(address: RecordAddress): string {
  return `${address.node}-${address.block}-${address.index}`;
}

/** The inverse of formatRecordId; undefined when the text is not a record id. */
export function parseRecordId(text: string): RecordAddress | undefined {
  const match = RECORD_ID.exec(text);
  if (match === null) return undefined;
  return { node: match[1]!, block: Number(match[2]), index: Number(match[3]) };
}
