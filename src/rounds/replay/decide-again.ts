import type { Refusal } from '../../base/errors.js';
import type { DecisionRecord } from '../../schema/record.js';
import { type Decision, decideRound } from '../decide-round.js';
import type { TieHash } from '../../auction/ranking.js';
import type { Round } from '../round.js';
import type { Ruling } from '../rules/ruling.js';
import type { PlacedBid } from '../openrtb/reading/placed-bid.js';
import { type Decided, writeRecord } from '../telling/write-record.js';
import { annexOfRecord, auctionOfRecord } from './auction-of-record.js';
import type { RecordedRulings } from './recorded-rulings.js';
import { roundOfRecord, tiesOfRecord } from './round-of-record.js';

/** A decision made again. */
export interface Redecided {
  readonly round: Round;
  readonly decision: Decision;
  /** By the names that bids have in the round; undefined for a native round. */
  readonly sentBids: ReadonlyMap<string, PlacedBid> | undefined;
}

/** A decision made again from its record. */
export interface DecidedAgain extends Redecided, Decided {
  /** The record that the decision leaves now. */
  readonly text: string;
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
  const again = decideUnder(record, found.ruling, tiesOfRecord(record));
  const decided = { ...again, id: record.id, atMs: record.at };
  const annex = record.kind === 'openrtb' ? annexOfRecord(record) : undefined;
  return { ...decided, text: writeRecord(decided, annex) };
}

/** The same without the record that is left. */
export function decideUnder(record: DecisionRecord, ruling: Ruling, tieHash: TieHash): Redecided {
  const auction = record.kind === 'openrtb' ? auctionOfRecord(record, ruling) : undefined;
  const round = auction?.round ?? roundOfRecord(record, ruling);
  return { round, decision: decideRound(round, tieHash), sentBids: auction?.bids };
}
