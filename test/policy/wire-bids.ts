import { toMicros } from '../../src/base/money.js';
import type { Subject } from '../../src/policy/subject.js';

/** A bid as a test writes it: what it leaves out has a harmless value, or is missing. */
export interface WireBid {
  readonly seat?: string;
  readonly seller?: string;
  readonly price?: number;
  readonly quantity?: number;
  readonly domains?: readonly string[];
  readonly categories?: readonly string[];
  readonly attributes?: Readonly<Record<string, number | boolean>>;
}

export function subjectOf(bid: WireBid, layout: readonly string[]): Subject {
  return {
    seat: bid.seat ?? 'alder',
    seller: bid.seller,
    dealId: undefined,
    lotId: 'homepage',
    priceMicros: toMicros(bid.price ?? 1),
    quantity: bid.quantity ?? 1,
    domains: bid.domains ?? [],
    categories: bid.categories ?? [],
    attributes: Float64Array.from(layout, (name) => Number(bid.attributes?.[name] ?? NaN)),
  };
}
