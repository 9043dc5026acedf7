import { type Award, type Bid, type Deal, isAward, type Loss, type Lot } from '../auction/model.js';
import { compareText } from '../auction/ranking.js';
import { LOSSES } from '../base/loss-reasons.js';
import { quoteAscii } from '../base/quote.js';
import type { Decision, DecidedLot } from './decide-round.js';
import type { Verdict } from '../policy/verdict.js';
import type { Round } from './round.js';
import type { Citation, Ruling } from './ruling.js';
import { ruleOf, type Verdicts, verdictsOn } from './police-round.js';

/**
 * The record of a decision: every field it used and every ending, as canonical JSON (RFC 8785).
 *
 * Canonical by construction: members are written in the order of their names, amounts are integers, texts are ASCII,
 * and what equals its default, or follows from the rest (a loser's minimum), is left out. Nothing else of the request
 * is stored, so nothing personal can be.
 */
export function writeRecord(id: string, atMs: number, round: Round, decision: Decision): string {
  const lots = decision.lots.map((decided) => lotJson(decided, round.ruling, decision.verdicts));
  return (
    `{"at":${atMs},"currency":"${round.currency}"${round.explain ? ',"explain":true' : ''},"format":"${round.format}"` +
    `,"id":${quoteAscii(id)},"incrementMicros":${round.incrementMicros},"kind":"round"` +
    `,"lots":[${lots.join(',')}],"outcome":"${decision.outcome}"${rulingJson(round.ruling)}` +
    `${tiesJson(decision.ties)},"version":1}`
  );
}

function lotJson({ lot, endings }: DecidedLot, ruling: Ruling, said: Verdicts): string {
  let bids = '';
  for (const ending of endings) bids += `,${bidJson(ending, ruling, verdictsOn(ending, said))}`;
  return (
    `{"bids":[${bids.slice(1)}]${dealsJson(lot)}${unless(0, 'floorMicros', lot.floorMicros)},"id":${quoteAscii(lot.id)}` +
    `${lot.privateAuction ? ',"privateAuction":true' : ''}${unless(1, 'quantity', lot.quantity)}` +
    `${unless(0, 'reserveMicros', lot.reserveMicros)}${slotsJson(lot)}}`
  );
}

function bidJson(ending: Award | Loss, ruling: Ruling, verdicts: readonly Verdict[]): string {
  const { bid } = ending;
  const { layout } = ruling;
  const rules = verdicts.map((verdict) => quoteAscii(ruleOf(verdict))).join(',');
  return (
    `{${layout.length === 0 ? '' : attributesJson(bid, layout)}${isAward(ending) ? `"award":${awardJson(ending)},` : ''}` +
    `${namesJson('categories', bid.categories)}${bidDealJson(bid)}${namesJson('domains', bid.domains)}` +
    `"id":${quoteAscii(bid.id)}${isAward(ending) ? '' : `,"loss":${LOSSES[ending.reason].code}`}` +
    `,"priceMicros":${bid.priceMicros}${unless(1, 'quantity', bid.quantity)}${rules === '' ? '' : `,"rules":[${rules}]`}` +
    `,"seat":${quoteAscii(bid.seat)}${bid.seller === undefined ? '' : `,"seller":${quoteAscii(bid.seller)}`}}`
  );
}

function awardJson({ priceMicros, quantity, slot, minimumToWinMicros }: Award): string {
  const place = slot === undefined ? '' : `,"slot":${slot}`;
  return `{"minimumToWinMicros":${minimumToWinMicros},"priceMicros":${priceMicros},"quantity":${quantity}${place}}`;
}

/** The layout is sorted by name, so the row is. */
function attributesJson({ attributes }: Bid, layout: readonly string[]): string {
  let said = '';
  for (let place = 0; place < layout.length; place++) {
    const value = attributes[place]!;
    // Adding 0 turns -0 into 0, which JSON does not tell apart.
    if (!Number.isNaN(value)) said += `,${quoteAscii(layout[place]!)}:${String(value + 0)}`;
  }
  return said === '' ? '' : `"attributes":{${said.slice(1)}},`;
}

/** The readers keep names only where something asked for them. */
function namesJson(member: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `"${member}":${textsJson(names)},`;
}

function bidDealJson({ dealId }: Bid): string {
  return dealId === undefined ? '' : `"deal":${quoteAscii(dealId)},`;
}

/** A policy or profile that the round carried stands here whole, because nobody else has it. */
function rulingJson({ policies, profile }: Ruling): string {
  const cited = policies.map(citationJson).join(',');
  const scored = profile === undefined ? '' : `,"profile":${citationJson(profile)}`;
  return `${policies.length === 0 ? '' : `,"policies":[${cited}]`}${scored}`;
}

function citationJson({ reference, carried }: Citation): string {
  return carried ?? quoteAscii(reference);
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
