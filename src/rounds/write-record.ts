import { type Award, type Bid, type Deal, isAward, type Loss, type Lot } from '../auction/model.js';
import { compareText } from '../auction/ranking.js';
import { LOSSES } from '../base/loss-reasons.js';
import { quoteAscii } from '../base/quote.js';
import type { Decision, DecidedLot } from './decide-round.js';
import type { Round } from './round.js';

/**
 * The record of a decision: every field it used and every ending, as canonical JSON (RFC 8785).
 *
 * Canonical by construction: members are written in the order of their names, amounts are integers, texts are ASCII,
 * and what equals its default, or follows from the rest (a loser's minimum), is left out. Nothing else of the request
 * is stored, so nothing personal can be.
 */
export function writeRecord(id: string, atMs: number, round: Round, decision: Decision): string {
  return (
    `{"at":${atMs},"currency":"${round.currency}"${round.explain ? ',"explain":true' : ''},"format":"${round.format}"` +
    `,"id":${quoteAscii(id)},"incrementMicros":${round.incrementMicros},"kind":"round"` +
    `,"lots":[${decision.lots.map(lotJson).join(',')}],"outcome":"${decision.outcome}"${tiesJson(decision.ties)},"version":1}`
  );
}

function lotJson({ lot, endings }: DecidedLot): string {
  let bids = '';
  for (const ending of endings) bids += `,${bidJson(ending)}`;
  return (
    `{"bids":[${bids.slice(1)}]${dealsJson(lot)}${unless(0, 'floorMicros', lot.floorMicros)},"id":${quoteAscii(lot.id)}` +
    `${lot.privateAuction ? ',"privateAuction":true' : ''}${unless(1, 'quantity', lot.quantity)}` +
    `${unless(0, 'reserveMicros', lot.reserveMicros)}${slotsJson(lot)}}`
  );
}

function bidJson(ending: Award | Loss): string {
  const { bid } = ending;
  const award = isAward(ending) ? `"award":${awardJson(ending)},` : '';
  const loss = isAward(ending) ? '' : `,"loss":${LOSSES[ending.reason].code}`;
  return (
    `{${award}${bidDealJson(bid)}"id":${quoteAscii(bid.id)}${loss},"priceMicros":${bid.priceMicros}` +
    `${unless(1, 'quantity', bid.quantity)},"seat":${quoteAscii(bid.seat)}}`
  );
}

function awardJson({ priceMicros, quantity, slot, minimumToWinMicros }: Award): string {
  const place = slot === undefined ? '' : `,"slot":${slot}`;
  return `{"minimumToWinMicros":${minimumToWinMicros},"priceMicros":${priceMicros},"quantity":${quantity}${place}}`;
}

/** The domains of a bid decide only where its deal asks for them. */
function bidDealJson({ dealId, deal, domains }: Bid): string {
  if (dealId === undefined) return '';
  const used = deal?.domains === undefined ? '' : `"domains":${textsJson(domains)},`;
  return `"deal":${quoteAscii(dealId)},${used}`;
}

function dealsJson({ deals }: Lot): string {
  return deals.length === 0 ? '' : `,"deals":[${deals.map(dealJson).join(',')}]`;
}

function dealJson({ id, floorMicros, format, seats, domains }: Deal): string {
  const members = [
    ...(domains === undefined ? [] : [`"domains":${textsJson(domains)}`]),
    ...(floorMicros === 0 ? [] : [`"floorMicros":${floorMicros}`]),
    ...(format === undefined ? [] : [`"format":"${format}"`]),
    `"id":${quoteAscii(id)}`,
    ...(seats === undefined ? [] : [`"seats":${textsJson(seats)}`]),
  ];
  return `{${members.join(',')}}`;
}

function slotsJson({ slotWeights }: Lot): string {
  const plain = slotWeights.length === 1 && slotWeights[0] === 1_000_000;
  return plain ? '' : `,"slotWeights":[${slotWeights.join(',')}]`;
}

function tiesJson(ties: ReadonlyMap<string, string>): string {
  if (ties.size === 0) return '';
  const members = [...ties]
    .sort(([a], [b]) => compareText(a, b))
    .map(([id, hash]) => `${quoteAscii(id)}:"${hash}"`);
  return `,"ties":{${members.join(',')}}`;
}

function textsJson(texts: Iterable<string>): string {
  return `[${Array.from(texts, quoteAscii).join(',')}]`;
}

function unless(defaultValue: number, name: string, value: number): string {
  return value === defaultValue ? '' : `,"${name}":${value}`;
}
