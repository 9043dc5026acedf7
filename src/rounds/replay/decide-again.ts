import type { Refusal } from '../../base/errors.js';
import type { DecisionRecord } from '../../schema/record.js';
import { decideRound } from '../decide-round.js';
import type { PlacedBid } from '../openrtb/reading/placed-bid.js';
import { type Decided, writeRecord } from '../telling/write-record.js';
import { annexOfRecord, auctionOfRecord } from './auction-of-record.js';
import type { RecordedRulings } from './recorded-rulings.js';
import { roundOfRecord, tiesOfRecord } from './round-of-record.js';

/** A decision made again from its record. */
export interface DecidedAgain extends Decided {
  /** The record that the decision leaves now. */
  readonly text: string;
  /** By the names that bids have in the round; undefined for a native round. */
  readonly sentBids: ReadonlyMap<string, PlacedBid> | undefined;
}

/**
 * Decides the round of a record again, by what decides rounds on the workers, from the record and the rules it names alone.
 * @throws when the record contradicts itself, as no record does that was written by this engine.
 */
export function decideAgain(
  record: DecisionRecord,
  rulings: RecordedRulings,
): DecidedAgain | { readonly refusal: Refusal } {
  const found = rulings.rulingOf(record);
  if ('refusal' in found) return found;
  const isOpenRtb = record.kind === 'openrtb';
  const auction = isOpenRtb ? auctionOfRecord(record, found.ruling) : undefined;
  const round = auction?.round ?? roundOfRecord(record, found.ruling);
  const decision = decideRound(round, tiesOfRecord(record));
  const decided = { id: record.id, atMs: record.at, round, decision };
  const text = isOpenRtb ? writeRecord(decided, annexOfRecord(record)) : writeRecord(decided);
  return { ...decided, text, sentBids: auction?.bids };
}
