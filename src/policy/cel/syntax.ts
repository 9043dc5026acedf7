import type { ASTNode } from '@marcbachmann/cel-js';
import { ATTRIBUTES, CEL_FIELDS } from './fields.js';

/** Reading the syntax tree that the library makes of an expression. */
export type CelNode = ASTNode;
export type CelType = 'bool' | 'int' | 'double' | 'string' | 'list';

/** The macros that walk a list; their receiver is a list field, so that their variable is always a string. */
export const QUANTIFIERS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one']);

/** `bid.price` of a node that reads a member of a plain name; undefined for every other node. */
export function pathOf(node: CelNode): string | undefined {
  return node.op === '.' && node.args[0].op === 'id' ? `${node.args[0].args}.${node.args[1]}` : undefined;
}

/** The attribute a node reads, written as bid.attributes.name or bid.attributes["name"]. */
export function attributeOf(node: CelNode): string | undefined {
  if (node.op === '.') return pathOf(node.args[0]) === ATTRIBUTES ? node.args[1] : undefined;
  if (node.op !== '[]' || pathOf(node.args[0]) !== ATTRIBUTES) return undefined;
  return textLiteralOf(node.args[1]);
}

/** The attribute whose presence a node asks for, written as has(bid.attributes.name) or "name" in bid.attributes. */
export function askedAttributeOf(node: CelNode): string | undefined {
  if (node.op === 'in') return pathOf(node.args[1]) === ATTRIBUTES ? textLiteralOf(node.args[0]) : undefined;
  if (node.op !== 'call' || node.args[0] !== 'has') return undefined;
  const [asked] = node.args[1];
  return asked === undefined ? undefined : attributeOf(asked);
}

export function textLiteralOf(node: CelNode): string | undefined {
  return node.op === 'value' && typeof node.args === 'string' ? node.args : undefined;
}

/** The nodes directly below; of a macro its list and its predicate, but not the name it binds. */
export function childrenOf(node: CelNode): readonly CelNode[] {
  if (node.op === 'value' || node.op === 'id') return [];
  if (node.op === '.' || node.op === '.?') return [node.args[0]];
  if (node.op === '!_' || node.op === '-_') return [node.args];
  if (node.op === 'call') return node.args[1];
  if (node.op === 'map') return node.args.flat();
  if (node.op !== 'rcall') return node.args;
  const [name, receiver, given] = node.args;
  return QUANTIFIERS.has(name) ? [receiver, ...given.slice(1)] : [receiver, ...given];
}

/** The type of a node that the library has found sound: one operand tells it wherever operands decide. */
export function typeOf(node: CelNode): CelType {
  if (node.op === 'value') return literalType(node.args);
  if (node.op === 'id') return 'string';
  if (node.op === 'list') return 'list';
  if (node.op === '.' || node.op === '[]') return memberType(node);
  if (node.op === 'call' || node.op === 'rcall') return RESULT_TYPES[node.args[0]] ?? 'bool';
  const telling = childrenOf(node)[TELLING_OPERAND[node.op] ?? NONE];
  return telling === undefined ? 'bool' : typeOf(telling);
}

const NONE = -1;

/** Which operand has the type of the result; the operators that are not here answer true or false. */
const TELLING_OPERAND: Readonly<Partial<Record<CelNode['op'], number>>> = {
  '+': 0,
  '-': 0,
  '*': 0,
  '/': 0,
  '%': 0,
  '-_': 0,
  '?:': 1,
};

const RESULT_TYPES: Readonly<Record<string, CelType>> = {
  size: 'int',
  double: 'double',
  lowerAscii: 'string',
  upperAscii: 'string',
};

function memberType(node: CelNode): CelType {
  if (attributeOf(node) !== undefined) return 'double';
  const type = CEL_FIELDS.get(pathOf(node) ?? '')?.type;
  return type === 'list<string>' ? 'list' : (type ?? 'string');
}

function literalType(literal: unknown): CelType {
  if (typeof literal === 'bigint') return 'int';
  if (typeof literal === 'number') return 'double';
  return typeof literal === 'string' ? 'string' : 'bool';
}
