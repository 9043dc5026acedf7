import type { Award, DecidedRound, Loss } from './clearing.js';
import { bidOf, lotOf } from './request-parts.js';
import { amount } from './words.js';

/**
 * Under a profile two bids tie at equal utility and not at equal price, so a rival is not found by its price. The
 * rounds that the demo tells ask for explanations: without them a loss does not say its utility.
 */

/** The seat a winner would have tied with; undefined where its minimum is a floor, also when a tie falls on it. */
export function bestLoserByUtility(award: Award, round: DecidedRound): string | undefined {
  const { floor = 0, reserve = 0 } = lotOf(award, round);
  if (award.minimumToWin <= Math.max(floor, reserve)) return undefined;
  const rivals = round.answer.losses.filter(
    ({ lot, reason }) => lot === award.lot && reason.startsWith('OUTBID'),
  );
  return rivals.toSorted((a, b) => (b.utility ?? 0) - (a.utility ?? 0))[0]?.seat;
}

/** What a bid that was worth less would have had to offer. */
export function neededByUtility(loss: Loss, round: DecidedRound): string {
  const winners = round.answer.awards.filter(({ lot }) => lot === loss.lot);
  const rival = winners.toSorted((a, b) => (a.utility ?? 0) - (b.utility ?? 0))[0]?.seat ?? 'the winner';
  if (loss.minimumToWin === undefined) return `no price ties with ${rival}`;
  if (loss.minimumToWin <= bidOf(loss.bid, round).price) return `level with ${rival}, who won the tie`;
  return `needed ${amount(loss.minimumToWin)} to tie with ${rival}`;
}
