import { NAMES_MAX } from '../../../schema/round.js';
import { choice, type Compiler, type IntReading, strictly } from './compiler.js';
import { CEL_FIELDS, FIELD_INT_MAX, unitsOf } from '../fields.js';
import type { Reading } from '../frame.js';
import { attributeOf, type CelNode, childrenOf, pathOf, typeOf } from '../syntax.js';

type Arithmetic = '+' | '-' | '*' | '/' | '%';

export function compileDouble(node: CelNode, compiler: Compiler): Reading<number> | undefined {
  const literal = doubleLiteralOf(node);
  if (literal !== undefined) return () => literal;
  const attribute = attributeOf(node);
  if (attribute !== undefined) return attributeReading(compiler.placeOf(attribute));
  if (node.op === '.') return amountReading(node);
  if (node.op === 'call') return convertedInt(node, compiler);
  const [first, second, third] = childrenOf(node).map((child) => () => compiler.double(child));
  if (node.op === '?:') return choice(compiler.logic(node.args[0]), second?.(), third?.());
  const left = first?.();
  if (left === undefined) return undefined;
  if (node.op === '-_') return negatedDouble(left);
  const right = second?.();
  return right !== undefined && isArithmetic(node.op) ? strictly(left, right, DOUBLES[node.op]) : undefined;
}

/** A literal, also with a minus before it. */
export function doubleLiteralOf(node: CelNode): number | undefined {
  if (node.op === 'value') return typeof node.args === 'number' ? node.args : undefined;
  if (node.op !== '-_' || node.args.op !== 'value') return undefined;
  return typeof node.args.args === 'number' ? -node.args.args : undefined;
}

const DOUBLES: Record<Arithmetic, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  // CEL has no remainder of doubles, and the check refuses it.
  '%': () => NaN,
};

function isArithmetic(op: CelNode['op']): op is Arithmetic {
  return op in DOUBLES;
}

function negatedDouble(read: Reading<number>): Reading<number> {
  return (frame) => {
    const value = read(frame);
    return value === undefined ? undefined : -value;
  };
}

function attributeReading(place: number | undefined): Reading<number> {
  if (place === undefined) return () => undefined;
  return ({ subject }) => {
    const value = subject.attributes[place]!;
    return Number.isNaN(value) ? undefined : value;
  };
}

function amountReading(node: CelNode): Reading<number> | undefined {
  const field = CEL_FIELDS.get(pathOf(node) ?? '');
  if (field?.type !== 'double') return undefined;
  const { micros } = field;
  return (frame) => unitsOf(micros(frame));
}

function convertedInt(node: CelNode, compiler: Compiler): Reading<number> | undefined {
  const [given] = childrenOf(node);
  if (node.op !== 'call' || node.args[0] !== 'double' || given === undefined) return undefined;
  return typeOf(given) === 'int' ? compiler.int(given)?.read : undefined;
}

/** Integers of CEL have 64 bits. A node is compiled only where none of its values can leave the exact doubles. */
export function compileInt(node: CelNode, compiler: Compiler): IntReading | undefined {
  if (node.op === 'value') return typeof node.args === 'bigint' ? constantInt(node.args) : undefined;
  if (node.op === '.') return intField(node);
  if (node.op === 'call' || node.op === 'rcall') return sizeOfList(node);
  if (node.op === '?:') return chosenInt(childrenOf(node), compiler);
  const [left, right] = childrenOf(node).map((child) => compiler.int(child));
  if (left === undefined) return undefined;
  if (node.op === '-_') return negatedInt(left);
  if (right === undefined || !isArithmetic(node.op)) return undefined;
  const { apply, max } = INTS[node.op];
  return exactInt(strictly(left.read, right.read, apply), max(left.max, right.max));
}

function negatedInt({ read, max }: IntReading): IntReading {
  return {
    read: (frame) => {
      const value = read(frame);
      return value === undefined ? undefined : 0 - value;
    },
    max,
  };
}

interface IntArithmetic {
  readonly apply: (left: number, right: number) => number | undefined;
  readonly max: (left: number, right: number) => number;
}

/** Adding 0 turns -0, which integers do not have, into 0. Dividing by zero is an error. */
const INTS: Record<Arithmetic, IntArithmetic> = {
  '+': { apply: (left, right) => left + right, max: (left, right) => left + right },
  '-': { apply: (left, right) => left - right, max: (left, right) => left + right },
  '*': { apply: (left, right) => left * right + 0, max: (left, right) => left * right },
  '/': {
    apply: (left, right) => (right === 0 ? undefined : (left - (left % right)) / right + 0),
    max: (left) => left,
  },
  '%': { apply: (left, right) => (right === 0 ? undefined : (left % right) + 0), max: (left) => left },
};

function exactInt(read: Reading<number>, max: number): IntReading | undefined {
  return max <= Number.MAX_SAFE_INTEGER ? { read, max } : undefined;
}

function constantInt(literal: bigint): IntReading | undefined {
  const value = Number(literal);
  return exactInt(() => value, value);
}

function intField(node: CelNode): IntReading | undefined {
  const field = CEL_FIELDS.get(pathOf(node) ?? '');
  return field?.type === 'int' ? { read: field.read, max: FIELD_INT_MAX } : undefined;
}

function sizeOfList(node: CelNode): IntReading | undefined {
  const [measured] = childrenOf(node);
  if (measured === undefined || (node.op !== 'call' && node.op !== 'rcall') || node.args[0] !== 'size')
    return undefined;
  const field = CEL_FIELDS.get(pathOf(measured) ?? '');
  if (field?.type !== 'list<string>') return undefined;
  const { read } = field;
  return { read: (frame) => read(frame).length, max: NAMES_MAX };
}

function chosenInt(parts: readonly CelNode[], compiler: Compiler): IntReading | undefined {
  const [condition, yes, no] = [compiler.logic(parts[0]!), compiler.int(parts[1]!), compiler.int(parts[2]!)];
  const read = choice(condition, yes?.read, no?.read);
  return read === undefined ? undefined : { read, max: Math.max(yes?.max ?? 0, no?.max ?? 0) };
}
