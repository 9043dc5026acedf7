import { type ClearedLot, clearLots } from '../auction/clear-lots.js';
import { FORMATS } from '../auction/formats/by-name.js';
import { tieAtEqualPrice, type TiePrice } from '../auction/minimum-to-win.js';
import { type Award, isAward } from '../auction/model.js';
import type { TieHash } from '../auction/ranking.js';
import { rememberTies } from '../auction/ties.js';
import { PRICE_MAX, toMicros } from '../base/money.js';
import type { RoundOutcome } from '../schema/answer.js';
import type { Scorer } from '../scoring/fast.js';
import { priceReachingFrom } from '../scoring/price-reaching.js';
import { policeRound } from './rules/police-round.js';
import type { Ruling } from './rules/ruling.js';
import type { Verdicts } from './rules/spoken.js';
import type { Round } from './round.js';

/** What was decided about a round, and the only secret it used: the hashes of tied bids that could have won. */
export interface Decision {
  readonly outcome: RoundOutcome;
  readonly lots: readonly ClearedLot[];
  /** What the policies said about bids. An award against which something was said is provisional. */
  readonly verdicts: Verdicts;
  readonly ties: ReadonlyMap<string, string>;
}

/** Decides a round whole. The same round and tie hashes give the same decision on every machine. */
export function decideRound(round: Round, keyedTieHash: TieHash): Decision {
  const { scorer } = round.ruling;
  const { tieHash, ties } = rememberTies(keyedTieHash);
  const { houseRules, review, verdicts } = policeRound(round);
  const lots = clearLots(round.lots, {
    format: FORMATS[round.format],
    // A price solved from utilities is the smallest that suffices; nothing is added to it.
    incrementMicros: scorer === undefined ? round.incrementMicros : 0,
    tieHash,
    tiePrice: tiePriceUnder(round.ruling),
    houseRules,
  });
  const awards = lots.flatMap(({ endings }) => endings.filter(isAward));
  review(awards, tieHash);
  return { outcome: outcomeOf(awards, verdicts), lots, verdicts, ties };
}

const EVERY_PRICE = { lowestMicros: 0, highestMicros: toMicros(PRICE_MAX) };

/** The price at which a bid ties with a rival: at equal utility where a profile ranks, else at equal price. */
export function tiePriceUnder({ scorer }: Pick<Ruling, 'scorer'>): TiePrice {
  return scorer === undefined ? tieAtEqualPrice : tieAtEqualUtility(scorer);
}

function tieAtEqualUtility(scorer: Scorer): TiePrice {
  return (bid, rival) => priceReachingFrom(scorer, bid, rival.utilityNanos, EVERY_PRICE);
}

function outcomeOf(awards: readonly Award[], verdicts: Verdicts): RoundOutcome {
  if (awards.some(({ bid }) => verdicts.has(bid))) return 'escalated';
  return awards.length > 0 ? 'cleared' : 'no-award';
}
