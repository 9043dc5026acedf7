import type { Bid, Lot, LotWithBids } from '../../auction/model.js';
import { publishedFloor } from '../../auction/floors.js';
import { compareText } from '../../auction/ranking.js';
import type { BidTerms } from './bid-terms.js';
import type { Ruling } from '../rules/ruling.js';

interface Place {
  readonly lot: Lot;
  readonly bids: Bid[];
}

const NO_NAMES: readonly string[] = [];

/** The floor of a bid, where it depends on more than its deal and its lot. */
export type FloorOf<T extends BidTerms> = (terms: T) => number;

/** Puts bids on their lots, sorted by id; undefined when one of them names a lot that is not there. */
export function buildBids<T extends BidTerms>(
  terms: readonly T[],
  lots: readonly Lot[],
  ruling: Ruling,
  floorOf?: FloorOf<T>,
): readonly LotWithBids[] | undefined {
  const places = new Map(lots.map((lot): [string, Place] => [lot.id, { lot, bids: [] }]));
  const columns = columnsOf(terms, ruling);
  for (const [index, bid] of terms.entries()) {
    const place = places.get(bid.lot);
    if (place === undefined) return undefined;
    const built = buildBid(bid, place.lot, ruling, columns.row(index));
    place.bids.push(floorOf === undefined ? built : { ...built, floorMicros: floorOf(bid) });
  }
  for (const { bids } of places.values()) bids.sort((a, b) => compareText(a.id, b.id));
  return [...places.values()];
}

/** What a bid says of attributes, and what the profile makes of it. */
interface Scored {
  readonly attributes: Float64Array;
  readonly utilityNanos: number;
}

const UNSCORED: Scored = { attributes: new Float64Array(0), utilityNanos: 0 };

/** All bids in one array of rows, so that a profile scores them in one go. */
function columnsOf(
  terms: readonly BidTerms[],
  { layout, scorer }: Ruling,
): { row: (index: number) => Scored } {
  if (layout.length === 0 && scorer === undefined) return { row: () => UNSCORED };
  const width = layout.length;
  const attributes = new Float64Array(width * terms.length).fill(NaN);
  const pricesMicros = new Float64Array(terms.length);
  const rows: Float64Array[] = [];
  for (const [index, bid] of terms.entries()) {
    const row = attributes.subarray(width * index, width * (index + 1));
    bid.attributesInto(row, layout);
    rows.push(row);
    pricesMicros[index] = bid.priceMicros;
  }
  const utilities = new Float64Array(terms.length);
  scorer?.score({ count: terms.length, pricesMicros, attributes }, utilities);
  return { row: (index) => ({ attributes: rows[index]!, utilityNanos: utilities[index]! }) };
}

function buildBid(terms: BidTerms, lot: Lot, { reads }: Ruling, { attributes, utilityNanos }: Scored): Bid {
  const { id, seat, priceMicros, quantity, deal: dealId } = terms;
  const deal = dealId === undefined ? undefined : lot.deals.find((offered) => offered.id === dealId);
  return {
    id,
    seat,
    lotId: lot.id,
    priceMicros,
    floorMicros: publishedFloor(deal, lot),
    utilityNanos,
    quantity,
    dealId,
    deal,
    seller: reads.seller ? terms.seller : undefined,
    domains: reads.domains || deal?.domains !== undefined ? inOrder(terms.domains()) : NO_NAMES,
    categories: reads.categories ? inOrder(terms.categories()) : NO_NAMES,
    attributes,
  };
}

/** Each once, in the order of their text: a list of names is a set, and says so in the record. */
function inOrder(names: readonly string[]): readonly string[] {
  const isInOrder = names.every((name, index) => index === 0 || names[index - 1]! < name);
  return isInOrder ? names : [...new Set(names)].sort(compareText);
}
