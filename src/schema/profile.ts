import { type Static, type TProperties, Type } from '@sinclair/typebox';
import { PRICE_MAX } from '../base/money.js';

/** The wire shape of a utility profile, and of its explanation. PROFILES.md says what each member means. */

export const ATTRIBUTES_MAX = 32;
export const POINTS_MAX = 100;
/** Attributes beyond this, either way, count as this; so differences of two of them stay exact in micros. */
export const ATTRIBUTE_MAX = 4_000_000_000;
export const WEIGHT_MIN = 0.000001;
export const WEIGHT_MAX = 1000;
export const LAMBDA_MAX = 1000;
export const SPREAD_MAX = 1000;
const DESCRIPTION_LENGTH_MAX = 1000;
const ATTRIBUTE_NAME_PATTERN = '^[A-Za-z][A-Za-z0-9_.-]{0,63}$';

/** A misspelt member of a profile would quietly change who wins, so unknown members are refused. */
const Strict = <T extends TProperties>(members: T) => Type.Object(members, { additionalProperties: false });

/** One of the names; a string enumeration reads better in OpenAPI than a union of constants. */
const OneOf = <const T extends readonly string[]>(names: T) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...names], pattern: `^(${names.join('|')})$` }));

const AttributeName = Type.String({
  pattern: ATTRIBUTE_NAME_PATTERN,
  description: 'a letter, then up to 63 letters, digits, `_`, `.` or `-`',
});
const Fraction = Type.Number({ minimum: 0, maximum: 1 });
const Weight = Type.Number({ minimum: WEIGHT_MIN, maximum: WEIGHT_MAX });

/** One member says which function it is. Prices and attributes differ in the range of their inputs alone. */
function valueFunction(lowest: number, highest: number) {
  const Input = Type.Number({ minimum: lowest, maximum: highest });
  const Positive = Type.Number({ minimum: 0.000001, maximum: highest });
  const Points = Type.Array(Type.Array(Input, { minItems: 2, maxItems: 2 }), {
    minItems: 2,
    maxItems: POINTS_MAX,
    description: 'pairs of an input and its value from 0 to 1',
  });
  return Strict({
    linear: Type.Optional(Strict({ from: Input, to: Input })),
    log: Type.Optional(Strict({ from: Positive, to: Positive })),
    step: Type.Optional(
      Strict({ at: Input, below: Type.Optional(Fraction), above: Type.Optional(Fraction) }),
    ),
    table: Type.Optional(Strict({ points: Points, between: Type.Optional(OneOf(['linear', 'steps'])) })),
    target: Type.Optional(
      Strict({ low: Input, high: Input, tolerance: Type.Number({ minimum: 0, maximum: highest }) }),
    ),
  });
}

const AttributeValue = valueFunction(-ATTRIBUTE_MAX, ATTRIBUTE_MAX);

const MissingRule = Type.Union(
  [
    Type.Literal('zero'),
    Type.Literal('refuse'),
    Strict({ value: Type.Number({ minimum: -ATTRIBUTE_MAX, maximum: ATTRIBUTE_MAX }) }),
  ],
  { description: '"zero", "refuse" or { "value": number }' },
);

const PriceTerm = Strict({ weight: Weight, value: valueFunction(0, PRICE_MAX) });

const AttributeTerm = Strict({ weight: Weight, value: AttributeValue, missing: Type.Optional(MissingRule) });

const Risk = Strict({
  lambda: Type.Number({ minimum: 0, maximum: LAMBDA_MAX }),
  spread: AttributeName,
  missing: Type.Optional(MissingRule),
});

export const ProfileDocument = Type.Object(
  {
    description: Type.Optional(Type.String({ maxLength: DESCRIPTION_LENGTH_MAX })),
    normalise: Type.Optional(OneOf(['sum', 'none'])),
    price: Type.Optional(PriceTerm),
    attributes: Type.Optional(
      Type.Record(Type.String({ pattern: ATTRIBUTE_NAME_PATTERN }), AttributeTerm, {
        additionalProperties: false,
        maxProperties: ATTRIBUTES_MAX,
      }),
    ),
    risk: Type.Optional(Risk),
  },
  { $id: 'ProfileDocument', additionalProperties: false },
);

export const UtilityTerm = Type.Object({
  term: Type.String({ description: '`price`, `attributes/<name>` or `risk/<name>`' }),
  raw: Type.Optional(Type.Number({ description: 'what the bid said; absent when it said nothing' })),
  value: Type.Number({ description: 'the value function at it, 0 to 1; for risk the spread itself' }),
  weight: Type.Number({ description: 'after normalising; for risk minus lambda' }),
  contribution: Type.Number({ description: 'what the term adds; the contributions add up to the utility' }),
});

export const UtilityExplanation = Type.Object(
  { utility: Type.Number(), terms: Type.Array(UtilityTerm) },
  { $id: 'UtilityExplanation' },
);

export type ProfileDocument = Static<typeof ProfileDocument>;
export type ValueFunction = Static<typeof AttributeValue>;
export type MissingRule = Static<typeof MissingRule>;
export type AttributeTerm = Static<typeof AttributeTerm>;
export type UtilityTerm = Static<typeof UtilityTerm>;
export type UtilityExplanation = Static<typeof UtilityExplanation>;
