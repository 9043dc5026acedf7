import { type TSchema, Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { CATALOGUE_KINDS } from '../../schema/catalogue.js';
import { PublicationRecord } from '../../schema/publication-record.js';
import { DECISION_KINDS, DecisionRecord } from '../../schema/record.js';

/** A record of a trail, by what it records. */
export type ReadRecord =
  | { readonly decision: DecisionRecord }
  | { readonly publication: PublicationRecord }
  | { readonly birth: true }
  | { readonly fault: string };

const BIRTH = 'birth';
const KINDED = TypeCompiler.Compile(Type.Object({ kind: Type.String() }));
const DECISION = TypeCompiler.Compile(DecisionRecord);
const PUBLICATION = TypeCompiler.Compile(PublicationRecord);

export function readRecord(text: string): ReadRecord {
  const value = parse(text);
  if (!KINDED.Check(value)) return { fault: 'It is no record: a record is a JSON object with a `kind`.' };
  const { kind } = value;
  if (DECISION_KINDS.some((known) => known === kind)) {
    return DECISION.Check(value) ? { decision: value } : { fault: misfitOf(DECISION, value) };
  }
  if (CATALOGUE_KINDS.some((known) => known === kind)) {
    return PUBLICATION.Check(value) ? { publication: value } : { fault: misfitOf(PUBLICATION, value) };
  }
  return kind === BIRTH
    ? { birth: true }
    : { fault: `This version knows no records of the kind ${quoted(kind)}.` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is not JSON is no record, either.
    return undefined;
  }
}

function misfitOf(schema: ReturnType<typeof TypeCompiler.Compile<TSchema>>, value: unknown): string {
  const error = schema.Errors(value).First();
  return `The record does not fit at ${error?.path === '' ? 'its top' : (error?.path ?? 'some place')}: ${error?.message ?? 'unknown'}.`;
}

const KIND_SHOWN_MAX = 40;

function quoted(kind: string): string {
  return JSON.stringify(kind.slice(0, KIND_SHOWN_MAX));
}
