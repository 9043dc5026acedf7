import { toMicros } from '../../src/base/money.js';
import type { Setting, Subject } from '../../src/policy/subject.js';

/** A bid as a test writes it: what it leaves out has a harmless value, or is missing. */
export interface WireBid {
  readonly seat?: string;
  readonly seller?: string;
  readonly deal?: string;
  readonly price?: number;
  readonly quantity?: number;
  readonly domains?: readonly string[];
  readonly categories?: readonly string[];
  readonly attributes?: Readonly<Record<string, number | boolean>>;
}

/** The lot and the round of a bid, as far as a test cares. */
export interface WireSetting {
  readonly lot?: { readonly id?: string; readonly floor?: number; readonly quantity?: number };
  readonly round?: {
    readonly id?: string;
    readonly format?: string;
    readonly currency?: string;
    readonly bids?: number;
  };
}

const LOT_ID = 'homepage';

export function subjectOf(bid: WireBid, layout: readonly string[]): Subject {
  return {
    seat: bid.seat ?? 'alder',
    seller: bid.seller,
    dealId: bid.deal,
    lotId: LOT_ID,
    priceMicros: toMicros(bid.price ?? 1),
    quantity: bid.quantity ?? 1,
    domains: bid.domains ?? [],
    categories: bid.categories ?? [],
    attributes: Float64Array.from(layout, (name) => Number(bid.attributes?.[name] ?? NaN)),
  };
}

export function settingOf({ lot = {}, round = {} }: WireSetting = {}): Setting {
  return {
    lot: { id: lot.id ?? LOT_ID, floorMicros: toMicros(lot.floor ?? 0), quantity: lot.quantity ?? 1 },
    round: {
      id: round.id,
      format: round.format ?? 'first-price',
      currency: round.currency ?? 'USD',
      bids: round.bids ?? 1,
    },
  };
}
