import type { RecordAddress } from '../../base/ids.js';
import { readHeader } from '../../trail/block.js';
import type { Logs, StoredBlock } from '../ledger-port.js';
import { gone, nothingThere, type Refused } from './read-story.js';

/** The block that has the record at this address, with its body. */
export async function findBlock(ledger: Logs, address: RecordAddress): Promise<StoredBlock | Refused> {
  const block = await ledger.readBlock(address.node, address.block);
  if (block === undefined) return missingBlock(ledger, address);
  if (address.index >= readHeader(block.header).count) return nothingThere('Its block has fewer records.');
  if (block.body !== undefined) return block;
  // The header stands in the message: it is all that is left.
  return gone(`The record went to make room; what is left is the header of its block: ${block.header}`);
}

async function missingBlock(ledger: Logs, { node, block }: RecordAddress): Promise<Refused> {
  const head = await ledger.readHead(node);
  if (head === undefined || block >= head.size) return nothingThere('There is no such record.');
  return gone(`Block ${block} of ${node} went to make room, and its header with it.`);
}
