/** What a line of an exported trail says, in the one spelling that is taken. */
export interface Block {
  readonly node: string;
  readonly number: number;
  readonly header: string;
  readonly checkpoint: string;
  /** Undefined: only header and checkpoint are left. */
  readonly kept: { readonly records: Buffer | undefined; readonly leaves: Buffer } | undefined;
}

export interface Header {
  readonly at: number;
  readonly count: number;
  readonly node: string;
  readonly number: number;
  readonly previous: string;
  readonly recordsRoot: string;
}

export type Members = Readonly<Record<string, unknown>>;

const NODE = /^n[0-9a-f]{16}$/;
const HASH_HEX = /^[0-9a-f]{64}$/;

/** Undefined when the line is no block, or could be spelled otherwise: then a change could go unnoticed. */
export function readBlock(line: string): Block | undefined {
  const { body, checkpoint, header, leaves, node, number, retention, trimmed } = parse(line);
  if (!isText(checkpoint) || !isText(header) || !isText(node) || !NODE.test(node) || !isCount(number))
    return undefined;
  const place = { node, number, header, checkpoint };
  if (trimmed === true)
    return spelled(line, { checkpoint, header, node, number, trimmed }, { ...place, kept: undefined });
  if (!isText(body) || !body.isWellFormed()) return undefined;
  if (retention === 'digest') {
    const kept = { records: undefined, leaves: Buffer.from(body, 'base64') };
    if (kept.leaves.toString('base64') !== body) return undefined;
    return spelled(line, { body, checkpoint, header, node, number, retention }, { ...place, kept });
  }
  if (retention !== 'full' || !isText(leaves)) return undefined;
  const kept = { records: Buffer.from(body, 'latin1'), leaves: Buffer.from(leaves, 'base64') };
  if (kept.leaves.toString('base64') !== leaves) return undefined;
  return spelled(line, { body, checkpoint, header, leaves, node, number, retention }, { ...place, kept });
}

/** Undefined when the text is no header in its one spelling. */
export function readHeader(text: string): Header | undefined {
  const { at, count, node, number, previous, recordsRoot } = parse(text);
  if (!isCount(at) || !isCount(count) || !isCount(number) || count === 0) return undefined;
  if (!isText(node) || !isHash(previous) || !isHash(recordsRoot)) return undefined;
  const header = { at, count, node, number, previous, recordsRoot };
  return spelled(text, { at, count, kind: 'block', node, number, previous, recordsRoot, version: 1 }, header);
}

/** The key that the first record of a log names; undefined when the record is not the birth of this node. */
export function readBirth(record: string, node: string): string | undefined {
  const { at, publicKey, tieKeyHash } = parse(record);
  if (!isCount(at) || !isHash(publicKey) || !isHash(tieKeyHash)) return undefined;
  return spelled(record, { at, kind: 'birth', node, publicKey, tieKeyHash, version: 1 }, publicKey);
}

/** The members of a JSON object; none when the text is not one. */
export function parse(text: string): Members {
  try {
    return membersOf(JSON.parse(text));
  } catch {
    return {};
  }
}

export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isHash(value: unknown): value is string {
  return isText(value) && HASH_HEX.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The value, if these members, written in this order, are the text. */
function spelled<T>(text: string, members: Members, value: T): T | undefined {
  return JSON.stringify(members) === text ? value : undefined;
}
