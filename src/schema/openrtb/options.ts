import { type Static, Type } from '@sinclair/typebox';

/** What the operator sets for every OpenRTB auction. */

const ATTRIBUTES_MAX = 64;
const RATE_PATTERN = '^(0|[1-9]\\d{0,8})(\\.\\d{1,12})?$';

/** Attribute name -> JSON pointer into the bid. */
export const AttributePointers = Type.Record(
  Type.String({ maxLength: 128 }),
  Type.String({ pattern: '^/', maxLength: 256, description: 'a JSON pointer into the bid' }),
  { maxProperties: ATTRIBUTES_MAX, additionalProperties: false },
);
export type AttributePointers = Static<typeof AttributePointers>;

export const RatesDocument = Type.Object(
  {
    id: Type.String({ pattern: '^[\\x21-\\x7e]{1,128}$', description: 'names these rates in records' }),
    base: Type.String({ pattern: '^[A-Z]{3}$' }),
    rates: Type.Record(
      Type.String({ pattern: '^[A-Z]{3}$' }),
      Type.String({
        pattern: RATE_PATTERN,
        description: 'what one unit of the base is worth, a decimal in quotes',
      }),
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type RatesDocument = Static<typeof RatesDocument>;

/** What bids may be required to say. */
export const REQUIRABLE = ['crid', 'markup', 'adomain', 'mtype', 'size', 'dur'] as const;
export type Requirable = (typeof REQUIRABLE)[number];

export interface OpenRtbOptions {
  readonly rates?: RatesDocument;
  /** Names of policies that hold for every request. */
  readonly policies?: readonly string[];
  /** Name of the profile that ranks where the request names none. */
  readonly profile?: string;
  readonly attributes?: AttributePointers;
  readonly required?: readonly Requirable[];
}
