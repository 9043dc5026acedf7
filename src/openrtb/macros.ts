import { microsToDecimal } from '../base/money.js';

/** What a notice or a piece of markup can be told. Amounts are in the currency of the bid. */
export interface Notice {
  readonly requestId: string;
  readonly responseBidId: string | undefined;
  readonly impressionId: string | undefined;
  readonly seat: string | undefined;
  readonly adId: string | undefined;
  readonly currency: string;
  /** Undefined where it is withheld: a loser does not learn the clearing price. */
  readonly clearingMicros: number | undefined;
  readonly bidMicros: number | undefined;
  readonly lossCode: number;
  /** Undefined where price did not decide. */
  readonly minimumMicros: number | undefined;
  readonly multiplier: number | undefined;
}

type ValueOf = (notice: Notice) => string | undefined;

/** Section 4.4. What an optional member does not say, and what is withheld, is undefined and leaves nothing. */
const MACROS: Readonly<Record<string, ValueOf>> = {
  AUCTION_ID: ({ requestId }) => requestId,
  AUCTION_BID_ID: ({ responseBidId }) => responseBidId,
  AUCTION_IMP_ID: ({ impressionId }) => impressionId,
  AUCTION_SEAT_ID: ({ seat }) => seat,
  AUCTION_AD_ID: ({ adId }) => adId,
  AUCTION_PRICE: ({ clearingMicros }) => amount(clearingMicros),
  AUCTION_CURRENCY: ({ currency }) => currency,
  AUCTION_MBR: ({ clearingMicros, bidMicros }) => ratio(clearingMicros, bidMicros),
  AUCTION_LOSS: ({ lossCode }) => String(lossCode),
  AUCTION_MIN_TO_WIN: ({ minimumMicros }) => amount(minimumMicros),
  AUCTION_MULTIPLIER: ({ multiplier }) => multiplier?.toString(),
};

/** Known only after an auction is cleared, if ever. */
const UNKNOWN: ReadonlySet<string> = new Set([
  'AUCTION_IMP_TS',
  'AUCTION_DISCOUNT_PCT',
  'AUCTION_DISCOUNT_CPM',
]);

const BEGINNING = '${AUCTION_';
const MACRO = /\$\{(AUCTION_[A-Z_]+)(:[A-Za-z0-9]+)?\}/g;
const BASE_64 = ':B64';
const MICROS_PER_UNIT = 1_000_000n;

/** A text grows by no more than this, whatever its macros stand for. */
export const GROWTH_MAX = 4096;

/** Fills in the macros of the standard. `unknown` stands for what nobody knows yet. */
export function fillMacros(text: string, notice: Notice, unknown: string): string {
  if (!text.includes(BEGINNING)) return text;
  let growth = 0;
  return text.replace(MACRO, (macro: string, name: string, suffix: string | undefined) => {
    const value = valueOf(name, notice, unknown);
    if (value === undefined || (suffix !== undefined && suffix !== BASE_64)) return macro;
    const filled = suffix === undefined ? value : Buffer.from(value).toString('base64');
    growth += filled.length - macro.length;
    return growth > GROWTH_MAX ? macro : filled;
  });
}

/** Undefined when the standard has no such macro. */
function valueOf(name: string, notice: Notice, unknown: string): string | undefined {
  if (Object.hasOwn(MACROS, name)) return MACROS[name]!(notice) ?? '';
  return UNKNOWN.has(name) ? unknown : undefined;
}

function amount(micros: number | undefined): string | undefined {
  return micros === undefined ? undefined : microsToDecimal(micros);
}

function ratio(clearingMicros: number | undefined, bidMicros: number | undefined): string | undefined {
  if (clearingMicros === undefined || bidMicros === undefined || bidMicros === 0) return undefined;
  return microsToDecimal(Number((BigInt(clearingMicros) * MICROS_PER_UNIT) / BigInt(bidMicros)));
}
