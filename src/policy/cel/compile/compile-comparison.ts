import { type Comparison, type Compiler, strictly } from './compiler.js';
import { doubleLiteralOf } from './compile-number.js';
import { CEL_FIELDS } from '../fields.js';
import type { Reading } from '../frame.js';
import { type Comparable, compareAmount, compareAttribute, compareWithLiteral } from './compare-literal.js';
import { attributeOf, type CelNode, pathOf, textLiteralOf, typeOf } from '../syntax.js';

/** What a comparison says when its sides change places. */
const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

export function compileComparison(
  op: Comparison,
  sides: readonly CelNode[],
  compiler: Compiler,
): Reading<boolean> | undefined {
  const [left, right] = [sides[0]!, sides[1]!];
  const limit = numberLiteralOf(right);
  if (limit !== undefined)
    return againstLimit(op, left, limit, compiler) ?? general(op, left, right, compiler);
  const mirroredLimit = numberLiteralOf(left);
  const mirrored =
    mirroredLimit === undefined ? undefined : againstLimit(MIRRORED[op], right, mirroredLimit, compiler);
  return mirrored ?? general(op, left, right, compiler);
}

/** Most rules compare a field with a number; these closures call no other ones. */
function againstLimit(
  op: Comparison,
  node: CelNode,
  limit: number,
  compiler: Compiler,
): Reading<boolean> | undefined {
  const attribute = attributeOf(node);
  if (attribute !== undefined) return compareAttribute(op, compiler.placeOf(attribute), limit);
  const field = CEL_FIELDS.get(pathOf(node) ?? '');
  return field?.type === 'double' ? compareAmount(op, field.micros, limit) : undefined;
}

function numberLiteralOf(node: CelNode): number | undefined {
  if (node.op === 'value' && typeof node.args === 'bigint' && node.args <= BigInt(Number.MAX_SAFE_INTEGER))
    return Number(node.args);
  return doubleLiteralOf(node);
}

function general(
  op: Comparison,
  left: CelNode,
  right: CelNode,
  compiler: Compiler,
): Reading<boolean> | undefined {
  const type = typeOf(left);
  if (type === 'string') return compare(op, compiler.text(left), compiler.text(right), textLiteralOf(right));
  if (type === 'bool') return compare(op, compiler.logic(left), compiler.logic(right));
  if (type === 'list') return undefined;
  const [first, second] = [amountOf(left), amountOf(right)];
  if (first !== undefined && second !== undefined) return compare(op, first, second);
  const [reading, other] = [numberReading(left, compiler), numberReading(right, compiler)];
  return compare(op, reading, other, numberLiteralOf(right));
}

/**
 * Two amounts are compared as whole micros. Amounts that came over the wire were doubles once, and each double
 * is one amount of micros, so that nothing is told apart that CEL calls equal.
 */
function amountOf(node: CelNode): Reading<number> | undefined {
  const field = CEL_FIELDS.get(pathOf(node) ?? '');
  return field?.type === 'double' ? field.micros : undefined;
}

function numberReading(node: CelNode, compiler: Compiler): Reading<number> | undefined {
  return typeOf(node) === 'int' ? compiler.int(node)?.read : compiler.double(node);
}

function compare<T extends Comparable>(
  op: Comparison,
  left: Reading<T> | undefined,
  right: Reading<T> | undefined,
  literal?: T,
): Reading<boolean> | undefined {
  if (left === undefined || right === undefined) return undefined;
  return literal === undefined
    ? strictly<T, boolean>(left, right, HOLDS[op])
    : compareWithLiteral(op, left, literal);
}

const HOLDS: Record<Comparison, (left: Comparable, right: Comparable) => boolean> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
};
