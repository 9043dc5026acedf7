import { type Award, type Bid, type Deal, isAward, type Loss, type Lot } from '../../auction/model.js';
import { compareText } from '../../auction/ranking.js';
import { LOSSES } from '../../base/loss-reasons.js';
import { microsToDecimal } from '../../base/money.js';
import { quoteText } from '../../base/quote.js';
import type { ClearedLot } from '../../auction/clear-lots.js';
import type { Decision } from '../decide-round.js';
import type { Verdict } from '../../policy/verdict.js';
import type { Round } from '../round.js';
import type { Citation, Ruling } from '../rules/ruling.js';
import { ruleOf, type Verdicts, verdictsOn } from '../rules/spoken.js';

const MICROS_PER_THOUSANDTH = 1000;
/** Far below where thousandths would not be exact any more. */
const THOUSANDTHS_MAX = 1_000_000_000;

/** What a record holds beyond a native round, as canonical JSON; undefined where there is nothing. */
export interface RecordAnnex {
  readonly kind: string;
  readonly rates: string | undefined;
  readonly request: string | undefined;
  readonly unreadable: string | undefined;
  readonly ofLot: (lot: Lot) => string | undefined;
  readonly ofBid: (bid: Bid) => string | undefined;
}

const NO_ANNEX: RecordAnnex = {
  kind: 'round',
  rates: undefined,
  request: undefined,
  unreadable: undefined,
  ofLot: () => undefined,
  ofBid: () => undefined,
};

/** What a decision leaves, and when it was made. */
export interface Decided {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly round: Round;
  readonly decision: Decision;
}

/**
 * The record of a decision: every field it used and every ending, as canonical JSON (RFC 8785).
 *
 * Its inverse is replay/round-of-record.ts. Canonical by construction: members are written in the order of their names, amounts are integers,
 * and what equals its default, or follows from the rest (a loser's minimum), is left out. Nothing else of the request
 * is stored, so nothing personal can be.
 */
export function writeRecord({ id, atMs, round, decision }: Decided, annex = NO_ANNEX): string {
  const lots = decision.lots.map((decided) => lotJson(decided, decision.verdicts, annex));
  return (
    `{"at":${atMs}${layoutJson(round.ruling)},"currency":"${round.currency}"${round.explain ? ',"explain":true' : ''},"format":"${round.format}"` +
    `,"id":${quoteText(id)}${round.id === undefined ? ',"idAssigned":true' : ''},"incrementMicros":${round.incrementMicros},"kind":"${annex.kind}"` +
    `,"lots":[${lots.join(',')}],"outcome":"${decision.outcome}"${rulingJson(round.ruling)}` +
    `${given('rates', annex.rates)}${given('request', annex.request)}${tiesJson(decision.ties)}` +
    `${given('unreadable', annex.unreadable)},"version":1}`
  );
}

function lotJson({ lot, endings }: ClearedLot, said: Verdicts, annex: RecordAnnex): string {
  let bids = '';
  for (const ending of endings) bids += `,${bidJson(ending, verdictsOn(ending, said), annex)}`;
  return (
    `{"bids":[${bids.slice(1)}]${dealsJson(lot)}${unless(0, 'floorMicros', lot.floorMicros)},"id":${quoteText(lot.id)}` +
    `${given('offer', annex.ofLot(lot))}${lot.privateAuction ? ',"privateAuction":true' : ''}${unless(1, 'quantity', lot.quantity)}` +
    `${unless(0, 'reserveMicros', lot.reserveMicros)}${slotsJson(lot)}}`
  );
}

function bidJson(ending: Award | Loss, verdicts: readonly Verdict[], annex: RecordAnnex): string {
  const { bid } = ending;
  const rules = verdicts.length === 0 ? '' : `,"rules":${textsJson(verdicts.map(ruleOf))}`;
  return (
    `{${attributesJson(bid)}${isAward(ending) ? `"award":${awardJson(ending)},` : ''}` +
    `${namesJson('categories', bid.categories)}${bidDealJson(bid)}${namesJson('domains', bid.domains)}` +
    `"id":${quoteText(bid.id)}${isAward(ending) ? '' : `,"loss":${LOSSES[ending.reason].code}`}` +
    `,"priceMicros":${bid.priceMicros}${unless(1, 'quantity', bid.quantity)}${rules}` +
    `,"seat":${quoteText(bid.seat)}${bid.seller === undefined ? '' : `,"seller":${quoteText(bid.seller)}`}` +
    `${given('sent', annex.ofBid(bid))}}`
  );
}

function awardJson({ priceMicros, quantity, slot, minimumToWinMicros }: Award): string {
  const place = slot === undefined ? '' : `,"slot":${slot}`;
  return `{"minimumToWinMicros":${minimumToWinMicros},"priceMicros":${priceMicros},"quantity":${quantity}${place}}`;
}

/** In the order of the layout, which stands in the record once; null where the bid says nothing. */
function attributesJson({ attributes }: Bid): string {
  if (attributes.length === 0) return '';
  let said = '';
  for (const value of attributes) said += Number.isNaN(value) ? ',null' : `,${numberText(value)}`;
  return `"attributes":[${said.slice(1)}],`;
}

/** As JSON writes a number. Writing a double takes its time; thousandths are quicker put together. */
function numberText(value: number): string {
  const thousandths = Math.round(value * 1000);
  if (value < 0 || thousandths > THOUSANDTHS_MAX || thousandths / 1000 !== value)
    return JSON.stringify(value);
  return microsToDecimal(thousandths * MICROS_PER_THOUSANDTH);
}

/** The readers keep names only where something asked for them. */
function namesJson(member: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `"${member}":${textsJson(names)},`;
}

function bidDealJson({ dealId }: Bid): string {
  return dealId === undefined ? '' : `"deal":${quoteText(dealId)},`;
}

/** The attributes that the decision used, in the order in which bids list them. */
function layoutJson({ layout }: Ruling): string {
  return layout.length === 0 ? '' : `,"attributes":${textsJson(layout)}`;
}

/** A policy or profile that the round carried stands here whole, because nobody else has it. */
function rulingJson({ policies, profile }: Ruling): string {
  const cited = policies.map(citationJson).join(',');
  const scored = profile === undefined ? '' : `,"profile":${citationJson(profile)}`;
  return `${policies.length === 0 ? '' : `,"policies":[${cited}]`}${scored}`;
}

function citationJson({ reference, carried }: Citation): string {
  return carried ?? quoteText(reference);
}

function dealsJson({ deals }: Lot): string {
  return deals.length === 0 ? '' : `,"deals":[${deals.map(dealJson).join(',')}]`;
}

function dealJson({ id, floorMicros, format, seats, domains }: Deal): string {
  const members = [
    ...(domains === undefined ? [] : [`"domains":${textsJson(domains)}`]),
    ...(floorMicros === 0 ? [] : [`"floorMicros":${floorMicros}`]),
    ...(format === undefined ? [] : [`"format":"${format}"`]),
    `"id":${quoteText(id)}`,
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
    .map(([id, hash]) => `${quoteText(id)}:"${hash}"`);
  return `,"ties":{${members.join(',')}}`;
}

function textsJson(texts: Iterable<string>): string {
  let all = '';
  for (const text of texts) all += `,${quoteText(text)}`;
  return `[${all.slice(1)}]`;
}

/** A member that is canonical JSON already. */
function given(name: string, text: string | undefined): string {
  return text === undefined ? '' : `,"${name}":${text}`;
}

function unless(defaultValue: number, name: string, value: number): string {
  return value === defaultValue ? '' : `,"${name}":${value}`;
}
