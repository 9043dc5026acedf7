import { LOSSES, type LossReason } from '../../base/loss-reasons.js';
import type { BidRequest, DealRequest, LotRequest } from '../../schema/round.js';
import { bestLoserByUtility, neededByUtility } from './by-utility.js';
import type { Award, DecidedRound, Loss } from './clearing.js';
import { bidOf, dealOf, lotOf } from './request-parts.js';
import { amount } from './words.js';

/** What became of a bid that won, for the person who placed it. */
export function awardWords(award: Award, round: DecidedRound): string {
  const bid = bidOf(award.bid, round);
  return `${wonWords(award, bid)}; ${pricedByAgreement(bid, round) ? 'as agreed' : marginWords(award, bid, round)}`;
}

function wonWords({ price, quantity, slot }: Award, { quantity: asked = 1 }: BidRequest): string {
  if (slot !== undefined) return `won position ${slot}, pays ${amount(price)}`;
  return asked === 1
    ? `won, pays ${amount(price)}`
    : `won ${quantity} of ${asked}, pays ${amount(price)} each`;
}

/** How much lower the bid could have been. */
function marginWords(award: Award, bid: BidRequest, round: DecidedRound): string {
  const rival = (round.answer.profile === undefined ? bestLoser : bestLoserByUtility)(award, round);
  if (bid.price > award.minimumToWin)
    return `${amount(award.minimumToWin)} would have ${rival === undefined ? 'been enough' : `tied with ${rival}`}`;
  return rival === undefined ? 'just enough' : `after a tie with ${rival}`;
}

/** What became of a bid that lost, for the person who placed it. */
export function lossWords(loss: Loss, round: DecidedRound): string {
  const words = LOSS_WORDS[loss.reason]?.(bidOf(loss.bid, round), loss, round);
  return `lost: ${words ?? inSentence(LOSSES[loss.reason].sentence)}`;
}

function inSentence(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

type LossWords = (bid: BidRequest, loss: Loss, round: DecidedRound) => string;

/** Where the names and amounts of the round say more than the sentence of the catalogue. */
const LOSS_WORDS: Readonly<Partial<Record<LossReason, LossWords>>> = {
  INVALID_DEAL: ({ deal = '' }) => `this lot has no deal ${deal}`,
  BELOW_FLOOR: (bid, loss, round) => `the floor is ${underFloor(lotOf(bid, round), loss, round)}`,
  BELOW_DEAL_FLOOR: (bid, loss, round) =>
    `the deal's floor is ${underFloor(dealOf(bid, round)!, loss, round)}`,
  OUTBID: neededOrTied,
  OUTBID_BY_DEAL: neededOrTied,
  SEAT_BLOCKED: ({ deal = '', seat }) => `deal ${deal} is not open to ${seat}`,
  NOT_ALLOWED_IN_DEAL: ({ deal = '', domains = [] }) => `deal ${deal} is not open to ${domains.join(', ')}`,
  ATTRIBUTE_OUT_OF_RANGE: () => 'an attribute is outside the range that a policy asks for',
};

/** A bid that had reached its floor would still have met the winners. */
function underFloor({ floor = 0 }: LotRequest | DealRequest, loss: Loss, round: DecidedRound): string {
  const rival = lowestWinner(loss, round);
  if (rival === undefined || rival.price <= floor) return amount(floor);
  return `${amount(floor)}; needed ${amount(rival.price)} to tie with ${rival.seat}`;
}

function neededOrTied(bid: BidRequest, loss: Loss, round: DecidedRound): string {
  if (round.answer.profile !== undefined) return neededByUtility(loss, round);
  const rival = lowestWinner(loss, round);
  if (rival === undefined) return `needed ${amount(loss.minimumToWin ?? 0)}`;
  if (bid.price < rival.price) return `needed ${amount(rival.price)} to tie with ${rival.seat}`;
  const dealDecided = rival.deal !== undefined && bid.deal === undefined;
  return `level with ${rival.seat}, ${dealDecided ? 'and at equal price a deal goes first' : 'who won the tie'}`;
}

function pricedByAgreement(bid: BidRequest, round: DecidedRound): boolean {
  return (dealOf(bid, round)?.format ?? round.request.format) === 'fixed-price';
}

/** The seat a winner would have tied with at its minimum; undefined where a floor decided. */
function bestLoser({ lot, minimumToWin }: Award, round: DecidedRound): string | undefined {
  return round.answer.losses.find(
    (loss) =>
      loss.lot === lot && loss.reason.startsWith('OUTBID') && bidOf(loss.bid, round).price === minimumToWin,
  )?.seat;
}

/** The winner a loser would have tied with at its minimum; undefined where a floor decided. */
function lowestWinner({ lot, minimumToWin }: Loss, round: DecidedRound): BidRequest | undefined {
  const award = round.answer.awards.find(
    ({ lot: sold, bid }) => sold === lot && bidOf(bid, round).price === minimumToWin,
  );
  return award === undefined ? undefined : bidOf(award.bid, round);
}
