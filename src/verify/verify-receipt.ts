import { leafHash } from '../trail/merkle.js';
import {
  type Header,
  isHash,
  isText,
  type Members,
  membersOf,
  parse,
  readBirth,
  readHeader,
} from './block.js';
import { type Checkpoint, isSigned, logKeyOf, readCheckpoint } from './checkpoint.js';
import type { Misfit } from './log-check.js';
import { rootFromProof } from './tree.js';

export interface CheckedReceipt {
  readonly id: string;
  readonly publicKey: string;
  /** Undefined: the receipt has its hash only. */
  readonly checked: string | undefined;
}

const RECORD_ID = /^(n[0-9a-f]{16})-(0|[1-9]\d{0,14})-(0|[1-9]\d{0,5})$/;

/** Checks one receipt, as `GET /v1/receipts` answers it. Undefined when the text is none. */
export function verifyReceipt(text: string, keys: ReadonlySet<string>): CheckedReceipt | Misfit | undefined {
  const receipt = parse(text);
  const { id, publicKey, record } = receipt;
  const [, node, number, index] = RECORD_ID.exec(isText(id) ? id : '') ?? [];
  if (node === undefined || !isText(id)) return undefined;
  const misfit = (why: string): Misfit => ({ record: id, why });
  if (!isHash(publicKey)) return misfit('it comes without the key of its node');
  if (keys.size > 0 && !keys.has(publicKey))
    return misfit(`its log has the key ${publicKey}, which you do not trust`);
  const checkpoint = readCheckpoint(receipt['checkpoint']);
  if (checkpoint === undefined || !isSigned(checkpoint, logKeyOf(node, publicKey)))
    return misfit('its checkpoint is not signed by the key of the log');
  const header = headerAt({ node, number: Number(number) }, checkpoint, receipt);
  if (header === undefined) return misfit('its block is not in the log that was signed');
  const wrong = wrongRecord(Number(index), header, receipt);
  if (wrong !== undefined) return misfit(wrong);
  if (keyOfBirth(node, checkpoint, membersOf(receipt['birth'])) !== publicKey)
    return misfit('the key is not that of the birth of its node');
  return { id, publicKey, checked: isText(record) ? record : undefined };
}

/** The header, if it stands at this place of the log that was signed. */
function headerAt(
  { node, number }: Pick<Header, 'node' | 'number'>,
  { size, root }: Checkpoint,
  { header, headerProof }: Members,
): Header | undefined {
  const read = isText(header) ? readHeader(header) : undefined;
  if (!isText(header) || read?.node !== node || read.number !== number) return undefined;
  const reached = rootFromProof(number, size, leafHash(header), headerProof);
  return reached?.toString('base64') === root ? read : undefined;
}

function wrongRecord(index: number, header: Header, receipt: Members): string | undefined {
  const { record, recordHash, recordProof } = receipt;
  if (!isHash(recordHash)) return 'it comes without its hash';
  if (record !== undefined && !(isText(record) && leafHash(record).toString('hex') === recordHash))
    return 'it is not the record that its hash is of';
  const reached = rootFromProof(index, header.count, Buffer.from(recordHash, 'hex'), recordProof);
  return reached?.toString('hex') === header.recordsRoot ? undefined : 'it is not in its block';
}

function keyOfBirth(node: string, checkpoint: Checkpoint, birth: Members): string | undefined {
  const { record } = birth;
  const header = headerAt({ node, number: 0 }, checkpoint, birth);
  if (!isText(record) || header?.recordsRoot !== leafHash(record).toString('hex')) return undefined;
  return readBirth(record, node);
}
