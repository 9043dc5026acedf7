import type { CompiledAttribute, CompiledProfile } from './compiled-profile.js';
import { declaredTerms } from './naive.js';
import { Table } from './table.js';
import { toSignedMicros } from './units.js';

/** A batch of bids as columns: one price each, and one row of the layout each, row after row. */
export interface BidColumns {
  readonly count: number;
  readonly pricesMicros: Float64Array;
  readonly attributes: Float64Array;
}

interface BoundTerm {
  readonly column: number;
  readonly table: Table;
  /** NaN refuses: it stays NaN whatever is added to it. */
  readonly missingNanos: number;
}

/** A compiled profile bound to a layout. Built once for each version and layout, then used for every batch. */
export class Scorer {
  private readonly price: Table | undefined;
  private readonly terms: readonly BoundTerm[];
  /** What the attributes add that the layout does not have: no bid declares them. */
  private readonly undeclaredNanos: number;
  private readonly width: number;

  constructor(profile: CompiledProfile, layout: readonly string[]) {
    this.price = profile.price === undefined ? undefined : new Table(profile.price.table);
    const terms = declaredTerms(profile);
    const unheld = terms.filter(({ name }) => !layout.includes(name));
    this.undeclaredNanos = unheld.reduce((sum, { missingNanos }) => sum + (missingNanos ?? NaN), 0);
    this.terms = terms.filter(({ name }) => layout.includes(name)).map((term) => bind(term, layout));
    this.width = layout.length;
  }

  /** Writes the utility of every bid into `utilities`; NaN: the bid lacks an attribute it may not lack. */
  score({ count, pricesMicros, attributes }: BidColumns, utilities: Float64Array): void {
    for (let bid = 0; bid < count; bid++) {
      utilities[bid] = this.undeclaredNanos + this.priceUtility(pricesMicros[bid]!);
    }
    for (const term of this.terms) {
      for (let bid = 0, at = term.column; bid < count; bid++, at += this.width) {
        utilities[bid]! += contribution(term, attributes[at]!);
      }
    }
  }

  /** The utility of one bid whose row starts at `offset`. */
  utilityOf(priceMicros: number, attributes: Float64Array, offset = 0): number {
    return this.priceUtility(priceMicros) + this.attributesUtility(attributes, offset);
  }

  /** What everything but the price adds; NaN as in `score`. */
  attributesUtility(attributes: Float64Array, offset = 0): number {
    let utility = this.undeclaredNanos;
    for (const term of this.terms) utility += contribution(term, attributes[offset + term.column]!);
    return utility;
  }

  priceUtility(priceMicros: number): number {
    return this.price === undefined ? 0 : this.price.at(priceMicros);
  }

  /** The smallest price whose own utility is at least this; minus infinity: every price, infinity: none. */
  firstPriceReaching(priceUtility: number): number {
    if (this.price !== undefined) return this.price.firstReaching(priceUtility);
    return priceUtility <= 0 ? -Infinity : Infinity;
  }
}

function bind({ name, table, missingNanos }: CompiledAttribute, layout: readonly string[]): BoundTerm {
  return { column: layout.indexOf(name), table: new Table(table), missingNanos: missingNanos ?? NaN };
}

function contribution({ table, missingNanos }: BoundTerm, value: number): number {
  return Number.isNaN(value) ? missingNanos : table.at(quickMicros(value));
}

/** Up to here the product below is off by less than a thousandth. */
const QUICK_MAX = 1e6;
const MICROS_PER_UNIT = 1_000_000;

/**
 * Equal to toSignedMicros. Unless a value stands halfway between two micros, the nearer one is right however the
 * product was rounded; the few that do stand there are read as decimals, which costs a text each.
 */
function quickMicros(value: number): number {
  const scaled = value * MICROS_PER_UNIT;
  const nearest = Math.round(scaled);
  if (value < QUICK_MAX && value > -QUICK_MAX && Math.abs(scaled - nearest) < 0.499) return nearest;
  return toSignedMicros(value);
}
