import { ATTRIBUTES, CEL_FIELDS, fieldTypesOf, ROOTS } from '../fields.js';
import type { CelFaultCode } from './fault.js';
import { askedAttributeOf, attributeOf, type CelNode, childrenOf, pathOf, QUANTIFIERS } from '../syntax.js';

/** The methods a rule may call on a value; `size` may be written either way. */
export const METHODS: ReadonlySet<string> = new Set([
  'startsWith',
  'endsWith',
  'contains',
  'lowerAscii',
  'upperAscii',
  'size',
]);
export const FUNCTIONS: ReadonlySet<string> = new Set(['has', 'size', 'double']);
const INT_MAX = 2n ** 63n - 1n;

export interface Objection {
  readonly code: CelFaultCode;
  readonly reason: string;
  readonly node: CelNode;
}

/**
 * What of the language is not open to rules, found before types are looked at: a rule is judged by what it may use,
 * not by what it must not. `bound` are the names that macros around the node bind.
 */
export function screen(node: CelNode, bound: readonly string[] = []): readonly Objection[] {
  if (attributeOf(node) !== undefined || CEL_FIELDS.has(pathOf(node) ?? '')) return [];
  if (askedAttributeOf(node) !== undefined) return [];
  const objection = objectionTo(node, bound);
  if (objection !== undefined) return [objection];
  const inner = boundBy(node);
  return childrenOf(node).flatMap((child, place) =>
    screen(child, inner !== undefined && place > 0 ? [...bound, inner] : bound),
  );
}

function objectionTo(node: CelNode, bound: readonly string[]): Objection | undefined {
  if (node.op === 'value') return objectionToLiteral(node, node.args);
  if (node.op === 'id') return bound.includes(node.args) ? undefined : unknownName(node, node.args);
  if (node.op === '.') return objectionToMember(node);
  if (node.op === '[]') return objectionToIndex(node);
  if (node.op === 'call') return objectionToCall(node, node.args[0]);
  if (node.op === 'rcall') return objectionToMethod(node);
  if (node.op === 'map') return refuse(node, 'Maps are not open to rules.');
  const nested = node.op === 'list' && node.args.some(({ op }) => op === 'list');
  return nested ? refuse(node, 'Lists of lists are not open to rules.') : undefined;
}

function objectionToLiteral(node: CelNode, literal: unknown): Objection | undefined {
  if (typeof literal === 'bigint' && literal > INT_MAX)
    return refuse(node, 'This integer does not fit 64 bits.');
  if (literal === null) return refuse(node, 'No field is ever null: an absent text is "".');
  if (typeof literal === 'object') return refuse(node, 'Literals are numbers, texts, true and false.');
  return undefined;
}

function objectionToMember(node: CelNode): Objection {
  const path = pathOf(node);
  const root = ROOTS.find((name) => path?.startsWith(`${name}.`));
  if (path === ATTRIBUTES) return wholeAttributes(node);
  if (root === undefined) return refuse(node, 'Only bid, lot and round have fields.');
  return {
    code: 'UNKNOWN_FIELD',
    reason: `There is no field ${path ?? ''}; ${root} has ${Object.keys(fieldTypesOf(root)).join(', ')}.`,
    node,
  };
}

function objectionToIndex(node: CelNode): Objection | undefined {
  const [indexed] = childrenOf(node);
  if (indexed === undefined) return undefined;
  if (pathOf(indexed) === ATTRIBUTES) return wholeAttributes(node);
  if (isListField(indexed)) return undefined;
  return refuse(node, 'Only bid.domains and bid.categories have places.');
}

function objectionToCall(node: CelNode, name: string): Objection | undefined {
  if (name === 'has')
    return refuse(node, 'has() asks for an attribute, as in has(bid.attributes.viewability).');
  return FUNCTIONS.has(name) ? undefined : unknownFunction(node, name);
}

function objectionToMethod(node: CelNode): Objection | undefined {
  if (node.op !== 'rcall') return undefined;
  const [name, receiver] = node.args;
  if (name === 'matches') return refuse(node, 'Regular expressions are not open to rules.');
  if (!QUANTIFIERS.has(name)) return METHODS.has(name) ? undefined : unknownFunction(node, name);
  const variable = boundBy(node);
  if (variable === undefined) return unknownFunction(node, name);
  if (ROOTS.some((root) => root === variable))
    return refuse(node, `${variable} is already the name of a field's owner.`);
  return isListField(receiver) ? undefined : refuse(node, `${name}() walks bid.domains or bid.categories.`);
}

function boundBy(node: CelNode): string | undefined {
  if (node.op !== 'rcall' || !QUANTIFIERS.has(node.args[0])) return undefined;
  const [variable, predicate] = node.args[2];
  return variable?.op === 'id' && predicate !== undefined ? variable.args : undefined;
}

function isListField(node: CelNode): boolean {
  return CEL_FIELDS.get(pathOf(node) ?? '')?.type === 'list<string>';
}

function unknownName(node: CelNode, name: string): Objection {
  const isRoot = ROOTS.some((root) => root === name);
  const reason = isRoot
    ? `${name} is no value by itself: name one of its fields.`
    : `There is nothing named ${name}.`;
  return { code: 'UNKNOWN_FIELD', reason, node };
}

function unknownFunction(node: CelNode, name: string): Objection {
  return { code: 'UNKNOWN_FUNCTION', reason: `Rules have no function ${name} of this form.`, node };
}

function wholeAttributes(node: CelNode): Objection {
  return refuse(node, 'Attributes are read one by one, by a name that stands in the rule.');
}

function refuse(node: CelNode, reason: string): Objection {
  return { code: 'NOT_ALLOWED', reason, node };
}
