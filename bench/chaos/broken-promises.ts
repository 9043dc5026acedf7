import { formatRecordId, type RecordAddress } from '../../src/base/ids.js';
import type { Posted, Promises } from './promises.js';

/** A record of the trail: where it stands, and the round it is about. */
export interface FoundRecord extends RecordAddress {
  readonly roundId: string;
}

/** Every way in which the trail and what callers were told do not fit; empty when each acknowledged round stands once. */
export async function brokenPromises(
  promises: Promises,
  records: AsyncIterable<FoundRecord>,
): Promise<readonly string[]> {
  const found = new Map<string, string[]>();
  for await (const record of records) {
    const ids = found.get(record.roundId) ?? [];
    found.set(record.roundId, [...ids, formatRecordId(record)]);
  }
  return promises.posted.flatMap((posted) => faultsOf(posted, found.get(posted.roundId) ?? []));
}

function faultsOf({ roundId, key, told }: Posted, records: readonly string[]): readonly string[] {
  const faults: string[] = [];
  if (records.length > 1)
    faults.push(
      `${roundId} (${key === undefined ? 'sent once' : 'keyed'}) stands ${records.length} times: ${records.join(', ')}`,
    );
  for (const { recordId } of told) {
    if (recordId === undefined || !records.includes(recordId))
      faults.push(
        `${roundId} was acknowledged with the record ${recordId ?? 'none'}, which is not in the trail`,
      );
  }
  if (new Set(told.map(({ body }) => body)).size > 1)
    faults.push(`${roundId} was answered in different ways`);
  if (new Set(told.map(({ recordId }) => recordId)).size > 1)
    faults.push(`${roundId} was answered with different records`);
  return faults;
}
