import { divideRoundingUp } from '../base/money.js';
import type { RatesDocument } from '../schema/openrtb/options.js';

/** How many units of one currency another is worth, exactly. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const DECIMALS_MAX = 12;
export const SAME_CURRENCY: Ratio = { numerator: 1n, denominator: 1n };

/** The exchange rates of one auction. It remembers which of them were asked for, because the record has to say so. */
export class ExchangeRates {
  readonly #document: RatesDocument | undefined;
  readonly #used = new Set<string>();
  readonly #scaled = new Map<string, bigint>();

  constructor(document: RatesDocument | undefined) {
    this.#document = document;
  }

  /** What multiplies an amount in `from` into one in `to`; undefined when there is no rate for one of them. */
  ratio(from: string, to: string): Ratio | undefined {
    if (from === to) return SAME_CURRENCY;
    const ofFrom = this.#ofBase(from);
    const ofTo = this.#ofBase(to);
    if (ofFrom === undefined || ofTo === undefined) return undefined;
    this.#used.add(from).add(to);
    return { numerator: ofTo, denominator: ofFrom };
  }

  /** The rates that were used, in canonical order; undefined when no amount had to be converted. */
  get used(): RatesDocument | undefined {
    const document = this.#document;
    if (document === undefined || this.#used.size === 0) return undefined;
    const names = [...this.#used].filter((name) => name !== document.base).sort();
    const rates = Object.fromEntries(names.map((name) => [name, document.rates[name]!]));
    return { base: document.base, id: document.id, rates };
  }

  /** One unit of the base in this currency, scaled to an integer. */
  #ofBase(currency: string): bigint | undefined {
    if (this.#document === undefined) return undefined;
    const known = this.#scaled.get(currency);
    if (known !== undefined) return known;
    const { base, rates } = this.#document;
    const decimal = currency === base ? '1' : Object.hasOwn(rates, currency) ? rates[currency] : undefined;
    if (decimal === undefined) return undefined;
    const ofBase = scaled(decimal);
    this.#scaled.set(currency, ofBase);
    return ofBase;
  }
}

export function isSameCurrency({ numerator, denominator }: Ratio): boolean {
  return numerator === denominator;
}

/** Bids round down: nobody bids more than was said. */
export function convertDown(micros: number, ratio: Ratio): number {
  if (isSameCurrency(ratio)) return micros;
  return Number((BigInt(micros) * ratio.numerator) / ratio.denominator);
}

/** Floors round up: no bid passes that is worth less. */
export function convertUp(micros: number, ratio: Ratio): number {
  if (isSameCurrency(ratio)) return micros;
  return Number(divideRoundingUp(BigInt(micros) * ratio.numerator, ratio.denominator));
}

/** A product that may be larger than what a double holds. */
export function convertProductUp(micros: number, times: number, ratio: Ratio): number {
  const product = BigInt(micros) * BigInt(times) * ratio.numerator;
  return Number(divideRoundingUp(product, ratio.denominator));
}

export function inverse({ numerator, denominator }: Ratio): Ratio {
  return { numerator: denominator, denominator: numerator };
}

function scaled(decimal: string): bigint {
  const [units = '0', decimals = ''] = decimal.split('.');
  return BigInt(units + decimals.padEnd(DECIMALS_MAX, '0'));
}
