import { decimalOf, microsOf } from '../auction/naive-money.js';
import { LOSSES } from '../../src/base/loss-reasons.js';
import type { Entry, NaiveAuction } from './naive-auction.js';
import { convertedUp } from './naive-rates.js';

/** Fills a text: what a winner pays is told it alone, and never in its lurl. */
export function filled(text: string, entry: Entry, auction: NaiveAuction, paidMicros?: bigint): string {
  const values = valuesFor(entry, auction, paidMicros);
  return text
    .split(/(\$\{[^}]*\})/)
    .map((part) => valueOf(part, values))
    .join('');
}

function valueOf(part: string, values: Readonly<Record<string, string>>): string {
  const [name = '', suffix] = part.startsWith('${') ? part.slice(2, -1).split(':') : [];
  const value = values[name];
  if (value === undefined || (suffix !== undefined && suffix !== 'B64')) return part;
  return suffix === undefined ? value : Buffer.from(value).toString('base64');
}

function valuesFor(entry: Entry, auction: NaiveAuction, paidMicros?: bigint): Record<string, string> {
  const { bid, bidid, seat, currency, reason, minimumMicros, impression, isPlaced } = entry;
  const own = (micros: bigint | undefined) =>
    micros === undefined ? undefined : inCurrencyOf(entry, auction, micros);
  return {
    AUCTION_ID: auction.request.id,
    AUCTION_BID_ID: bidid ?? '',
    AUCTION_IMP_ID: bid.impid,
    AUCTION_SEAT_ID: seat ?? '',
    AUCTION_AD_ID: bid.adid ?? '',
    AUCTION_CURRENCY: currency,
    AUCTION_PRICE: amount(own(paidMicros)),
    AUCTION_MBR: ratio(own(paidMicros), entry),
    AUCTION_LOSS: String(reason === undefined ? 0 : LOSSES[reason].code),
    AUCTION_MIN_TO_WIN: amount(own(minimumMicros)),
    AUCTION_MULTIPLIER: isPlaced && impression?.qty ? String(impression.qty.multiplier) : '',
    AUCTION_IMP_TS: '',
    AUCTION_DISCOUNT_PCT: '',
    AUCTION_DISCOUNT_CPM: '',
  };
}

function inCurrencyOf({ currency }: Entry, { request, options }: NaiveAuction, micros: bigint): bigint {
  return convertedUp(micros, request.cur?.[0] ?? 'USD', currency, options.rates);
}

function amount(micros: bigint | undefined): string {
  return micros === undefined ? '' : plain(decimalOf(micros));
}

function ratio(paidMicros: bigint | undefined, { bid }: Entry): string {
  if (paidMicros === undefined || bid.price === 0) return '';
  return plain(decimalOf((paidMicros * 1_000_000n) / microsOf(bid.price)));
}

/** Without an exponent. */
function plain(value: number): string {
  return value.toFixed(6).replace(/\.?0+$/, '');
}
