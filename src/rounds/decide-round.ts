import { clearLot } from '../auction/clear-lot.js';
import { FORMATS } from '../auction/formats/by-name.js';
import { type Award, isAward, type Loss, type Lot } from '../auction/model.js';
import type { TieHash } from '../auction/ranking.js';
import { rememberTies } from '../auction/ties.js';
import type { RoundOutcome } from '../schema/answer.js';
import type { Round } from './round.js';

/** What was decided about a round, and the only secret it used: the hashes of tied bids that could have won. */
export interface Decision {
  readonly outcome: RoundOutcome;
  readonly lots: readonly DecidedLot[];
  readonly ties: ReadonlyMap<string, string>;
}

export interface DecidedLot {
  readonly lot: Lot;
  /** One ending for every bid of the lot, in the order of the bids. */
  readonly endings: readonly (Award | Loss)[];
}

/** Decides a round whole. The same round and tie hashes give the same decision on every machine. */
export function decideRound(round: Round, keyedTieHash: TieHash): Decision {
  const { tieHash, ties } = rememberTies(keyedTieHash);
  const terms = { format: FORMATS[round.format], incrementMicros: round.incrementMicros, tieHash };
  const lots = round.lots.map(({ lot, bids }) => ({ lot, endings: clearLot(lot, bids, terms) }));
  return { outcome: outcomeOf(lots), lots, ties };
}

function outcomeOf(lots: readonly DecidedLot[]): RoundOutcome {
  return lots.some(({ endings }) => endings.some(isAward)) ? 'cleared' : 'no-award';
}
