import { toMicros } from '../../base/money.js';
import type { BidRequest } from '../../schema/round.js';

/**
 * A bid as one of the readers has it. Lists and attributes are taken apart only when something asks for them, because
 * most rounds have neither policies nor deals that do.
 */
export interface BidTerms {
  readonly id: string;
  readonly seat: string;
  readonly lot: string;
  readonly priceMicros: number;
  readonly quantity: number;
  readonly deal: string | undefined;
  readonly seller: string | undefined;
  domains(): readonly string[];
  categories(): readonly string[];
  /** Writes what the bid says of each attribute of the layout into a row that is NaN so far. */
  attributesInto(row: Float64Array, layout: readonly string[]): void;
}

const NO_NAMES: readonly string[] = [];

/** A bid from a parsed request. */
export class ParsedBid implements BidTerms {
  readonly id: string;
  readonly seat: string;
  readonly lot: string;
  readonly priceMicros: number;
  readonly quantity: number;
  readonly deal: string | undefined;
  readonly seller: string | undefined;
  readonly #bid: BidRequest;

  constructor(bid: BidRequest) {
    this.id = bid.id;
    this.seat = bid.seat;
    this.lot = bid.lot;
    this.priceMicros = toMicros(bid.price);
    this.quantity = bid.quantity ?? 1;
    this.deal = bid.deal;
    this.seller = bid.seller;
    this.#bid = bid;
  }

  domains(): readonly string[] {
    return this.#bid.domains ?? NO_NAMES;
  }

  categories(): readonly string[] {
    return this.#bid.categories ?? NO_NAMES;
  }

  attributesInto(row: Float64Array, layout: readonly string[]): void {
    const { attributes = {} } = this.#bid;
    for (const [index, name] of layout.entries()) {
      if (Object.hasOwn(attributes, name)) row[index] = attributeValue(attributes[name]);
    }
  }
}

/** Numbers that a double can hold, and truth as 1 and 0; anything else says nothing that rules could compare. */
export function attributeValue(said: unknown): number {
  if (typeof said === 'boolean') return Number(said);
  return typeof said === 'number' && Number.isFinite(said) ? said : NaN;
}
