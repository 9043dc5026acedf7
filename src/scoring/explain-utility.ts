import { microsToDecimal } from '../base/money.js';
import type { UtilityExplanation, UtilityTerm } from '../schema/profile.js';
import type { Attributes, CompiledProfile, CompiledTerm } from './compiled-profile.js';
import { contributionAt, contributionOf, declaredMicros, declaredTerms } from './naive.js';
import { divideRoundingDown, NANOS_PER_UNIT, nanosToDecimal } from './units.js';

export interface ExplainedTerm {
  /** `price`, `attributes/<name>` or `risk/<name>`. */
  readonly term: string;
  /** What the bid said; undefined when nothing. */
  readonly rawMicros: number | undefined;
  readonly valueNanos: number;
  readonly weightNanos: number;
  readonly contributionNanos: number;
}

export interface ExplainedUtility {
  readonly utilityNanos: number;
  readonly terms: readonly ExplainedTerm[];
}

/**
 * A utility term by term. It is defined as the sum of its contributions, each rounded down on its own, so they add up
 * exactly and no rounding is left to spread. Undefined: the bid lacks an attribute it may not lack.
 */
export function explainUtility(
  profile: CompiledProfile,
  priceMicros: number,
  attributes: Attributes,
): ExplainedUtility | undefined {
  const terms = profile.price === undefined ? [] : [explainPrice(profile.price, priceMicros)];
  for (const term of declaredTerms(profile)) {
    const contribution = contributionOf(term, attributes);
    if (contribution === null) return undefined;
    const name = `${term === profile.risk ? 'risk' : 'attributes'}/${term.name}`;
    terms.push(explained(name, term, declaredMicros(term.name, attributes), contribution));
  }
  return { utilityNanos: terms.reduce((sum, { contributionNanos }) => sum + contributionNanos, 0), terms };
}

/** The explanation as an answer carries it: decimals with up to nine places, none of which is lost. */
export function writeExplanation({ utilityNanos, terms }: ExplainedUtility): UtilityExplanation {
  return { utility: decimal(utilityNanos), terms: terms.map(writeTerm) };
}

function explainPrice(price: CompiledTerm, priceMicros: number): ExplainedTerm {
  return explained('price', price, priceMicros, contributionAt(price.table, priceMicros));
}

function explained(
  term: string,
  { weightNanos }: CompiledTerm,
  rawMicros: number | undefined,
  contributionNanos: number,
): ExplainedTerm {
  return {
    term,
    rawMicros,
    valueNanos: unweighed(contributionNanos, weightNanos),
    weightNanos,
    contributionNanos,
  };
}

/** The value that the weight was multiplied with, rounded half up; the tables hold only the product. */
function unweighed(contributionNanos: number, weightNanos: number): number {
  if (weightNanos === 0) return 0;
  const scaled = BigInt(Math.abs(contributionNanos)) * BigInt(NANOS_PER_UNIT) * 2n;
  const weight = BigInt(Math.abs(weightNanos));
  return Number(divideRoundingDown(scaled + weight, 2n * weight));
}

function writeTerm({
  term,
  rawMicros,
  valueNanos,
  weightNanos,
  contributionNanos,
}: ExplainedTerm): UtilityTerm {
  return {
    term,
    ...(rawMicros === undefined ? {} : { raw: signedDecimal(rawMicros) }),
    value: decimal(valueNanos),
    weight: decimal(weightNanos),
    contribution: decimal(contributionNanos),
  };
}

function decimal(nanos: number): number {
  return Number(nanosToDecimal(nanos));
}

function signedDecimal(micros: number): number {
  const magnitude = Number(microsToDecimal(Math.abs(micros)));
  return micros < 0 ? -magnitude : magnitude;
}
