import { TypeCompiler, type ValueError } from '@sinclair/typebox/compiler';
import { ATTRIBUTE_MAX, ProfileDocument, type ValueFunction } from '../schema/profile.js';
import { inputMicros } from './value-corners.js';

/** What is wrong with a document, for a person, and where: a JSON pointer. */
export interface ProfileFault {
  readonly path: string;
  readonly message: string;
}

export type DocumentReading =
  { readonly document: ProfileDocument } | { readonly faults: readonly ProfileFault[] };

const FAULTS_MAX = 20;
const SCHEMA = TypeCompiler.Compile(ProfileDocument);
const KINDS = ['linear', 'log', 'step', 'table', 'target'] as const;

/** The shape first; only a document of the right shape is looked at for what a schema cannot say. */
export function checkDocument(value: unknown): DocumentReading {
  if (!SCHEMA.Check(value)) return { faults: misfits(value) };
  const faults = [...meaningFaults(value)];
  return faults.length === 0 ? { document: value } : { faults: faults.slice(0, FAULTS_MAX) };
}

/** A hostile document can have endless faults, so the errors are taken one by one and not all at once. */
function misfits(value: unknown): ProfileFault[] {
  const faults: ProfileFault[] = [];
  for (const error of SCHEMA.Errors(value)) {
    faults.push({ path: error.path, message: expectation(error) });
    if (faults.length === FAULTS_MAX) break;
  }
  return faults;
}

function expectation({ schema, message }: ValueError): string {
  const names: unknown = schema['enum'];
  if (Array.isArray(names)) return `expected one of ${names.join(', ')}`;
  return schema.description === undefined ? message : `${message} (${schema.description})`;
}

function* meaningFaults({ price, attributes = {} }: ProfileDocument): Generator<ProfileFault> {
  const terms = Object.entries(attributes);
  if (price === undefined && terms.length === 0) {
    yield { path: '', message: 'a profile needs a price term or an attribute' };
  }
  if (price !== undefined) yield* valueFaults(price.value, '/price/value');
  for (const [name, { value }] of terms) yield* valueFaults(value, `/attributes/${name}/value`);
}

function* valueFaults(value: ValueFunction, path: string): Generator<ProfileFault> {
  const kinds = KINDS.filter((kind) => value[kind] !== undefined);
  if (kinds.length !== 1) {
    yield { path, message: `expected exactly one of ${KINDS.join(', ')}` };
    return;
  }
  const { linear, log, table, target } = value;
  if (linear !== undefined) yield* emptyRange(linear, `${path}/linear/to`);
  if (log !== undefined) yield* emptyRange(log, `${path}/log/to`);
  if (table !== undefined) yield* pointFaults(table.points, `${path}/table/points`);
  if (target !== undefined) yield* targetFaults(target, `${path}/target`);
}

function* emptyRange({ from, to }: { from: number; to: number }, path: string): Generator<ProfileFault> {
  if (inputMicros(from) === inputMicros(to)) {
    yield { path, message: '`to` must differ from `from` by a millionth at least' };
  }
}

function* pointFaults(points: readonly (readonly number[])[], path: string): Generator<ProfileFault> {
  for (const [index, [input, value]] of points.entries()) {
    if (value! < 0 || value! > 1) {
      yield { path: `${path}/${index}/1`, message: 'the value of a point lies between 0 and 1' };
    }
    const before = index === 0 ? undefined : points[index - 1]![0]!;
    if (before !== undefined && inputMicros(before) >= inputMicros(input!)) {
      yield { path: `${path}/${index}/0`, message: 'inputs must rise by a millionth at least' };
    }
  }
}

function* targetFaults(target: NonNullable<ValueFunction['target']>, path: string): Generator<ProfileFault> {
  const { low, high, tolerance } = target;
  if (low > high) yield { path: `${path}/high`, message: '`high` must not be under `low`' };
  if (low - tolerance < -ATTRIBUTE_MAX || high + tolerance > ATTRIBUTE_MAX) {
    yield {
      path: `${path}/tolerance`,
      message: `the band with its tolerance must keep within ${ATTRIBUTE_MAX}`,
    };
  }
}
