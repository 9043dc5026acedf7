import type { AttributeTerm, MissingRule, ProfileDocument, ValueFunction } from '../schema/profile.js';
import { SPREAD_MAX } from '../schema/profile.js';
import { checkDocument, type ProfileFault } from './check-document.js';
import {
  byCodeUnits,
  type CompiledAttribute,
  type CompiledProfile,
  type CompiledTerm,
} from './compiled-profile.js';
import { contributionAt } from './naive.js';
import { neverFalls, weighedPolyline } from './polyline.js';
import { NANOS_PER_MICRO, NANOS_PER_UNIT, toSignedMicros } from './units.js';
import { type Corner, inputMicros, valueCorners } from './value-corners.js';
import { normalisedWeights, plainWeights } from './weights.js';

export type ProfileCompilation =
  { readonly profile: CompiledProfile } | { readonly faults: readonly ProfileFault[] };

/** Turns a document into the tables that are stored with its version, or says everything that is wrong with it. */
export function compileProfile(value: unknown): ProfileCompilation {
  const reading = checkDocument(value);
  if ('faults' in reading) return reading;
  const { terms, faults } = weighTerms(reading.document);
  if (faults.length > 0) return { faults };
  const profile = assemble(terms, reading.document);
  const falling = profile.price !== undefined && !neverFalls(profile.price.table);
  return falling ? { faults: [fallingPrice(reading.document)] } : { profile };
}

function fallingPrice({ price }: ProfileDocument): ProfileFault {
  const kind = Object.keys(price?.value ?? {}).join();
  return { path: `/price/value/${kind}`, message: 'utility must never fall as the price rises' };
}

interface WeighedTerm {
  /** Undefined for the price. */
  readonly name: string | undefined;
  readonly weightNanos: number;
  readonly value: ValueFunction;
  readonly missing: MissingRule;
}

/** The price first, then the attributes by name: the order in which rounding is settled. */
function weighTerms(document: ProfileDocument): { terms: WeighedTerm[]; faults: ProfileFault[] } {
  const named: [string | undefined, AttributeTerm][] = Object.entries(document.attributes ?? {});
  named.sort(([a], [b]) => byCodeUnits(a ?? '', b ?? ''));
  if (document.price !== undefined) named.unshift([undefined, document.price]);
  const weigh = document.normalise === 'none' ? plainWeights : normalisedWeights;
  const weights = weigh(named.map(([, { weight }]) => weight));
  const terms = named.map(([name, { value, missing = 'zero' }], index) => {
    return { name, weightNanos: weights[index]!, value, missing };
  });
  const weightless = terms.filter(({ weightNanos }) => weightNanos === 0);
  return { terms, faults: weightless.map(({ name }) => tooLight(name)) };
}

function tooLight(name: string | undefined): ProfileFault {
  const path = name === undefined ? '/price/weight' : `/attributes/${name}/weight`;
  return { path, message: 'the weight is less than a billionth of the sum of weights' };
}

function assemble(terms: readonly WeighedTerm[], { risk }: ProfileDocument): CompiledProfile {
  const price = terms.find(({ name }) => name === undefined);
  return {
    tables: 1,
    ...(price === undefined ? {} : { price: compileTerm(price.weightNanos, valueCorners(price.value)) }),
    attributes: terms.flatMap((term) => (term.name === undefined ? [] : [compileAttribute(term.name, term)])),
    ...(risk === undefined ? {} : { risk: compileRisk(risk) }),
  };
}

function compileTerm(weightNanos: number, corners: readonly Corner[]): CompiledTerm {
  return { weightNanos, table: weighedPolyline(corners, weightNanos) };
}

function compileAttribute(name: string, { weightNanos, value, missing }: WeighedTerm): CompiledAttribute {
  const term = compileTerm(weightNanos, valueCorners(value));
  return { name, ...term, missingNanos: missingNanos(missing, term) };
}

/** A penalty is a term like the others that falls: nothing at no spread, and level beyond the largest one. */
function compileRisk({
  lambda,
  spread,
  missing = 'zero',
}: NonNullable<ProfileDocument['risk']>): CompiledAttribute {
  const weightNanos = 0 - inputMicros(lambda) * NANOS_PER_MICRO;
  const term = compileTerm(weightNanos, [
    { input: 0, value: 0 },
    { input: inputMicros(SPREAD_MAX), value: SPREAD_MAX * NANOS_PER_UNIT },
  ]);
  return { name: spread, ...term, missingNanos: missingNanos(missing, term) };
}

function missingNanos(rule: MissingRule, { table }: CompiledTerm): number | null {
  if (rule === 'refuse') return null;
  return rule === 'zero' ? 0 : contributionAt(table, toSignedMicros(rule.value));
}
