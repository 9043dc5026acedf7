import { TypeCompiler } from '@sinclair/typebox/compiler';
import type { TSchema, Static } from '@sinclair/typebox';
import { readReference } from '../schema/catalogue.js';
import { AttributePointers, RatesDocument, REQUIRABLE, type Requirable } from '../schema/openrtb/options.js';
import type { Declaration } from './declaration.js';

type Reading<T> = ReturnType<Declaration<T>['read']>;

/** A document in JSON; absent: none. */
function document<T extends TSchema>(
  schema: T,
  bounds: string,
  sentence: string,
): Declaration<Static<T> | undefined> {
  const compiled = TypeCompiler.Compile(schema);
  const read = (given: string): Reading<Static<T>> => {
    const value = parsed(given);
    if (compiled.Check(value)) return { value };
    const fault = compiled.Errors(value).First();
    return { wrong: `must be ${bounds}: ${fault?.path ?? ''} ${fault?.message ?? ''}`.trimEnd() };
  };
  return { fallback: undefined, shownDefault: 'none', bounds, sentence, read };
}

function parsed(given: string): unknown {
  try {
    return JSON.parse(given) as unknown;
  } catch {
    // No JSON is no document, and the schema says so.
    return undefined;
  }
}

export function rates(sentence: string): Declaration<RatesDocument | undefined> {
  const declared = document(RatesDocument, 'JSON with `id`, `base` and `rates`', sentence);
  const read = (given: string): Reading<RatesDocument | undefined> => {
    const reading = declared.read(given);
    if ('wrong' in reading || reading.value === undefined) return reading;
    const worthless = Object.entries(reading.value.rates).find(([, rate]) => Number(rate) === 0);
    return worthless === undefined
      ? reading
      : { wrong: `must be rates above zero: that of ${worthless[0]} is not` };
  };
  return { ...declared, read };
}

export function attributePointers(sentence: string): Declaration<AttributePointers | undefined> {
  return document(AttributePointers, 'JSON: attribute names and JSON pointers', sentence);
}

/** Names from the catalogue, between commas. Whether they exist shows when they are used: they may be published later. */
export function references(max: number, sentence: string): Declaration<readonly string[]> {
  const bounds = `at most ${max} names, between commas`;
  const read = (given: string): Reading<readonly string[]> => {
    const value = given.split(',').map((name) => name.trim());
    const isSound = value.length <= max && value.every((name) => readReference(name) !== undefined);
    return isSound ? { value } : { wrong: `must be ${bounds}` };
  };
  return { fallback: [], shownDefault: 'none', bounds, sentence, read };
}

export function requirables(sentence: string): Declaration<readonly Requirable[]> {
  const bounds = `some of ${REQUIRABLE.join(', ')}, between commas`;
  const read = (given: string): Reading<readonly Requirable[]> => {
    const names = given.split(',').map((name) => name.trim());
    const value = REQUIRABLE.filter((name) => names.includes(name));
    return value.length === names.length ? { value } : { wrong: `must be ${bounds}` };
  };
  return { fallback: [], shownDefault: 'none', bounds, sentence, read };
}
