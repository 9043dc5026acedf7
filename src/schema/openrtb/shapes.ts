import { type TSchema, Type } from '@sinclair/typebox';
import { PRICE_MAX } from '../../base/money.js';

/** Longest id or seat, in UTF-16 code units. */
export const TEXT_LENGTH_MAX = 256;
const NAME_LENGTH_MAX = 255;
/** Block lists of publishers are long. */
const LIST_MAX = 10_000;
const NAMES_OF_BID_MAX = 500;
const INTEGERS_MAX = 1000;

/** Serializers write `null` where OpenRTB leaves a member out. */
export const Maybe = <T extends TSchema>(shape: T) => Type.Optional(Type.Union([shape, Type.Null()]));

export const Text = Type.String({
  minLength: 1,
  maxLength: TEXT_LENGTH_MAX,
  description: `1 to ${TEXT_LENGTH_MAX} characters`,
});
const Name = Type.String({ maxLength: NAME_LENGTH_MAX });
export const Names = Type.Array(Name, { maxItems: LIST_MAX });
export const NamesOfBid = Type.Array(Name, { maxItems: NAMES_OF_BID_MAX });
export const Seats = Type.Array(Text, { maxItems: LIST_MAX });
export const Integers = Type.Array(Type.Integer(), { maxItems: INTEGERS_MAX });
/** Sizes and ratios of creatives. */
export const Pixels = Type.Integer({ minimum: 0, maximum: 65_535 });
export const Milliseconds = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });
/** Durations of creatives and breaks; a day is longer than any. */
export const SECONDS_MAX = 86_400;
export const Seconds = Type.Integer({ minimum: 0, maximum: SECONDS_MAX });
export const Price = Type.Number({ minimum: 0, maximum: PRICE_MAX, description: 'per mille' });
export const CURRENCY_PATTERN = '^[A-Z]{3}$';
export const CurrencyCode = Type.String({ pattern: CURRENCY_PATTERN, description: 'ISO 4217 code' });
/** What an amount is in when nothing is said. */
export const DEFAULT_CURRENCY = 'USD';

/** The standard has integers; many write truth values. */
export const Flag = Type.Union([Type.Boolean(), Type.Integer({ minimum: 0, maximum: 1 })], {
  description: '0, 1, true or false',
});

export function isSet(flag: boolean | number | null | undefined): boolean {
  return flag === true || flag === 1;
}
