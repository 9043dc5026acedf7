import { formatRecordId, type RecordAddress } from '../../base/ids.js';
import type { RoundOfReceipt } from '../../schema/receipt.js';
import { isHash } from '../../trail/merkle.js';
import { roundKeyOf } from '../../trail/round-key.js';
import type { Logs } from '../ledger-port.js';

/** Records that are looked at, the latest ones. Each has to be parsed, and a round is seldom sent again so often. */
const RECORDS_MAX = 32;

export interface FoundRound {
  readonly latest: RecordAddress;
  readonly round: RoundOfReceipt;
}

/** The records of the round, newest first; undefined when none is kept. */
export async function findRound(ledger: Logs, roundId: string): Promise<FoundRound | undefined> {
  const addresses = await ledger.findRecords(roundKeyOf(roundId), RECORDS_MAX + 1);
  const records: { readonly address: RecordAddress; readonly compared: boolean }[] = [];
  for (const address of addresses.slice(0, RECORDS_MAX)) {
    const compared = await isOfRound(ledger, address, roundId);
    if (compared !== false) records.push({ address, compared: compared === true });
  }
  const [latest, ...others] = records;
  if (latest === undefined) return undefined;
  const round = {
    id: roundId,
    compared: latest.compared,
    others: others.map(({ address, compared }) => ({ id: formatRecordId(address), compared })),
    ...(addresses.length > RECORDS_MAX && { hasMore: true }),
  };
  return { latest: latest.address, round };
}

/** Keys are short, so that two ids may share one: the record tells. Undefined when only its hash is kept. */
async function isOfRound(
  ledger: Logs,
  address: RecordAddress,
  roundId: string,
): Promise<boolean | undefined> {
  const record = await ledger.readRecord(address);
  // Trimmed since it was found.
  if (record === undefined) return false;
  // No record is as short as a hash.
  if (isHash(record)) return undefined;
  const { id } = JSON.parse(record.toString()) as { readonly id?: unknown };
  return id === roundId;
}
