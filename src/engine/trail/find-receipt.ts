import { formatRecordId, parseRecordId, type RecordAddress } from '../../base/ids.js';
import type { Receipt } from '../../schema/receipt.js';
import { publicKeyIn } from '../../trail/birth.js';
import { inclusionProof, inclusionSubtrees } from '../../trail/inclusion.js';
import { leavesOf, recordAt } from '../../trail/retention.js';
import type { StoredBlock } from '../ledger-port.js';
import { findBlock } from './find-block.js';
import { findRound } from './find-round.js';
import type { TrailPorts } from './ports.js';
import { gone, nothingThere, readStory, type Refused } from './read-story.js';

/** What an id is taken for. A round may bear an id that looks like that of a record. */
export const RECEIPT_SUBJECTS = ['record', 'round'] as const;
export type ReceiptSubject = (typeof RECEIPT_SUBJECTS)[number];

export type FoundReceipt = { readonly receipt: Receipt } | Refused;

/** `subject` undefined: an id that has the form of a record id is one, and any other is that of a round. */
export type FindReceipt = (id: string, subject: ReceiptSubject | undefined) => Promise<FoundReceipt>;

/** The story of a receipt: find the record, prove it in its block, and the block in the signed log. */
export function findReceiptWith(ports: TrailPorts): FindReceipt {
  return (id, subject) =>
    readStory(ports.journal, () => {
      const address = subject === 'round' ? undefined : parseRecordId(id);
      if (address !== undefined) return receiptOf(ports, address);
      if (subject === 'record') return Promise.resolve(nothingThere('A record id is node, block and place.'));
      return receiptOfRound(ports, id);
    });
}

async function receiptOfRound(ports: TrailPorts, id: string): Promise<FoundReceipt> {
  const found = await findRound(ports.ledger, id);
  if (found === undefined) return nothingThere('No record of this round is kept.');
  const result = await receiptOf(ports, found.latest);
  return 'refusal' in result ? result : { receipt: { ...result.receipt, round: found.round } };
}

async function receiptOf(ports: TrailPorts, address: RecordAddress): Promise<FoundReceipt> {
  const block = await findBlock(ports.ledger, address);
  return 'refusal' in block ? block : proven(ports, address, block);
}

async function proven(
  { ledger, tree }: TrailPorts,
  address: RecordAddress,
  block: StoredBlock,
): Promise<FoundReceipt> {
  const { node, number, header, checkpoint } = block;
  const birth = await ledger.readBlock(node, 0);
  const size = number + 1;
  const headerProof = await tree.rootsOf(node, inclusionSubtrees(number, size));
  const birthProof = await tree.rootsOf(node, inclusionSubtrees(0, size));
  if (birth?.body === undefined || headerProof === undefined || birthProof === undefined)
    return gone(`The beginning of the log of ${node} has gone, without which nothing in it can be proven.`);
  const birthRecord = recordAt(birth.body, 0, 'full')!.toString();
  const receipt = {
    id: formatRecordId(address),
    ...recordProven(address.index, block),
    header,
    checkpoint,
    headerProof: headerProof.map(hex),
    publicKey: publicKeyIn(birthRecord),
    birth: { record: birthRecord, header: birth.header, headerProof: birthProof.map(hex) },
  };
  return { receipt };
}

function recordProven(index: number, { body, retention }: StoredBlock) {
  const leaves = leavesOf(body, retention);
  return {
    ...(retention === 'full' ? { record: recordAt(body, index, retention)!.toString() } : {}),
    recordHash: hex(leaves[index]!),
    recordProof: inclusionProof(index, leaves).map(hex),
  };
}

function hex(hash: Buffer): string {
  return hash.toString('hex');
}
