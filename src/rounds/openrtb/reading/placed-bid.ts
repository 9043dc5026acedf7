import type { Lot } from '../../../auction/model.js';
import { toMicros } from '../../../base/money.js';
import { convertDown, type Ratio } from '../../../openrtb/exchange-rates.js';
import { floorOfDeal, floorOnOffers } from '../../../openrtb/floors.js';
import type { Screening } from '../../../openrtb/screen.js';
import { attributeValue, type BidTerms } from '../../reading/bid-terms.js';
import type { ImpressionLot } from './build-lots.js';
import type { SentBid } from './sent-bids.js';

const NO_NAMES: readonly string[] = [];

/** What a bid is placed with, besides itself. */
export interface Placing {
  /** Its name in the auction. */
  readonly name: string;
  readonly place: ImpressionLot;
  readonly screening: Screening;
  /** From the currency of the bid to that of the auction. */
  readonly ratio: Ratio;
  readonly seller: string | undefined;
  /** Where each attribute stands in a bid: the steps of its pointer. */
  readonly pointers: ReadonlyMap<string, readonly string[]>;
}

/** A bid of an OpenRTB response on its impression, in the terms of a round. */
export class PlacedBid implements BidTerms {
  readonly id: string;
  readonly seat: string;
  readonly lot: string;
  readonly priceMicros: number;
  readonly quantity = 1;
  readonly deal: string | undefined;
  readonly seller: string | undefined;
  readonly sent: SentBid;
  readonly placing: Placing;

  constructor(sent: SentBid, placing: Placing) {
    this.id = placing.name;
    this.seat = sent.seat ?? seatOfNobody(sent);
    this.lot = sent.bid.impid;
    this.priceMicros = convertDown(toMicros(sent.bid.price), placing.ratio);
    // Serializers write an empty text for one that is not there.
    this.deal = sent.bid.dealid === '' ? undefined : (sent.bid.dealid ?? undefined);
    this.seller = placing.seller;
    this.sent = sent;
    this.placing = placing;
  }

  /** A bid that fits no offer is held to the plain floor; its reason says nothing of prices. */
  get floorMicros(): number {
    const { place, screening } = this.placing;
    const { bid } = this.sent;
    const offers = 'offers' in screening ? screening.offers : [];
    const deal = dealOf(place.lot, this.deal);
    return deal === undefined
      ? floorOnOffers(offers, bid, place.lot.floorMicros)
      : floorOfDeal(place.dealFloors.get(deal.id), offers, bid, deal.floorMicros);
  }

  domains(): readonly string[] {
    return this.sent.bid.adomain ?? NO_NAMES;
  }

  categories(): readonly string[] {
    return this.sent.bid.cat ?? NO_NAMES;
  }

  attributesInto(row: Float64Array, layout: readonly string[]): void {
    for (const [index, name] of layout.entries()) {
      const steps = this.placing.pointers.get(name);
      if (steps !== undefined) row[index] = attributeValue(follow(this.sent.bid, steps));
    }
  }
}

/** Rules count by seat, and bids of two bidders that name none are not those of one. No seat can have this name by accident. */
function seatOfNobody({ response }: SentBid): string {
  return `(no seat, response ${response})`;
}

function dealOf({ deals }: Lot, id: string | undefined) {
  return id === undefined ? undefined : deals.find((deal) => deal.id === id);
}

const ARRAY_INDEX = /^(0|[1-9]\d*)$/;

/** RFC 6901; undefined when nothing stands there. */
function follow(value: unknown, steps: readonly string[]): unknown {
  let here = value;
  for (const step of steps) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    if (Array.isArray(here) && !ARRAY_INDEX.test(step)) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}

/** The steps of a JSON pointer. */
export function stepsOf(pointer: string): readonly string[] {
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
