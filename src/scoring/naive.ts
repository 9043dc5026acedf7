import {
  type Attributes,
  type CompiledAttribute,
  type CompiledProfile,
  type Polyline,
  STEPS_MAX,
} from './compiled-profile.js';
import { divideRoundingDown, toSignedMicros } from './units.js';

/**
 * The obvious reading of the tables, one bid and one term at a time, in big integers. It is the definition; the fast
 * twin is held equal to it. Undefined: the bid lacks an attribute it may not lack.
 */
export function utilityOf(
  profile: CompiledProfile,
  priceMicros: number,
  attributes: Attributes,
): number | undefined {
  let utilityNanos = profile.price === undefined ? 0 : contributionAt(profile.price.table, priceMicros);
  for (const term of declaredTerms(profile)) {
    const contribution = contributionOf(term, attributes);
    if (contribution === null) return undefined;
    utilityNanos += contribution;
  }
  return utilityNanos;
}

/** The first attribute, by name, that the bid lacks and may not lack; undefined when it is complete. */
export function refusedFor(profile: CompiledProfile, attributes: Attributes): string | undefined {
  return declaredTerms(profile).find((term) => contributionOf(term, attributes) === null)?.name;
}

/** Every term that a bid declares the input of: its attributes, and its spread last. */
export function declaredTerms({ attributes, risk }: CompiledProfile): readonly CompiledAttribute[] {
  return risk === undefined ? attributes : [...attributes, risk];
}

/** What a bid declares for a name, in micros; undefined when nothing. */
export function declaredMicros(name: string, { layout, values }: Attributes): number | undefined {
  const value = values[layout.indexOf(name)] ?? NaN;
  return Number.isNaN(value) ? undefined : toSignedMicros(value);
}

/** What a term adds to the utility of a bid; null when the bid lacks the attribute and may not. */
export function contributionOf(term: CompiledAttribute, attributes: Attributes): number | null {
  const input = declaredMicros(term.name, attributes);
  return input === undefined ? term.missingNanos : contributionAt(term.table, input);
}

/** The height of a line at an input. */
export function contributionAt({ inputs, nanos }: Polyline, input: number): number {
  const corner = inputs.findLastIndex((start) => start <= input);
  if (corner === -1) return nanos[0]!;
  if (corner === inputs.length - 1) return nanos[corner]!;
  const stepMicros = stepMicrosOf(inputs[corner + 1]! - inputs[corner]!);
  const steps = Math.ceil((inputs[corner + 1]! - inputs[corner]!) / stepMicros);
  const taken = Math.floor((input - inputs[corner]!) / stepMicros);
  const rise = BigInt(nanos[corner + 1]!) - BigInt(nanos[corner]!);
  return nanos[corner]! + Number(divideRoundingDown(BigInt(taken) * rise, BigInt(steps)));
}

/** The smallest power of two of micros in which a piece of this length takes no more than the allowed steps. */
export function stepMicrosOf(lengthMicros: number): number {
  let stepMicros = 1;
  while (lengthMicros > stepMicros * STEPS_MAX) stepMicros *= 2;
  return stepMicros;
}
