import { microsToDecimal } from '../base/money.js';

/** What a notice or a piece of markup can be told. Amounts are in the currency of the bid. */
export interface Notice {
  readonly requestId: string;
  readonly responseBidId: string | undefined;
  readonly impressionId: string | undefined;
  readonly seat: string | undefined;
  readonly adId: string | undefined;
  readonly currency: string;
  /** Undefined where it is not to be told: a loser does not learn the clearing price. */
  readonly clearingMicros: number | undefined;
  readonly bidMicros: number | undefined;
  readonly lossCode: number;
  readonly minimumMicros: number | undefined;
  readonly multiplier: number | undefined;
}

type ValueOf = (notice: Notice) => string | undefined;

/** Section 4.4. What is not known when an auction is cleared has no value here. */
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
  AUCTION_IMP_TS: () => undefined,
  AUCTION_DISCOUNT_PCT: () => undefined,
  AUCTION_DISCOUNT_CPM: () => undefined,
};

const BEGINNING = '${AUCTION_';
const MACRO = /\$\{(AUCTION_[A-Z_]+)(:[A-Za-z0-9]+)?\}/g;
const BASE_64 = ':B64';
const MICROS_PER_UNIT = 1_000_000n;

/** Fills in every macro of the standard. `unknown` stands for a value that nobody knows. */
export function fillMacros(text: string, notice: Notice, unknown: string): string {
  if (!text.includes(BEGINNING)) return text;
  return text.replace(MACRO, (macro: string, name: string, suffix: string | undefined) => {
    if (!Object.hasOwn(MACROS, name) || (suffix !== undefined && suffix !== BASE_64)) return macro;
    const value = MACROS[name]!(notice) ?? unknown;
    return suffix === undefined ? value : Buffer.from(value).toString('base64');
  });
}

function amount(micros: number | undefined): string | undefined {
  return micros === undefined ? undefined : microsToDecimal(micros);
}

function ratio(clearingMicros: number | undefined, bidMicros: number | undefined): string | undefined {
  if (clearingMicros === undefined || bidMicros === undefined || bidMicros === 0) return undefined;
  return microsToDecimal(Number((BigInt(clearingMicros) * MICROS_PER_UNIT) / BigInt(bidMicros)));
}
