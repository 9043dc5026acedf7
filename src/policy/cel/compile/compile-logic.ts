import { choice, type Compiler, isComparison, strictly } from './compiler.js';
import { compileComparison } from './compile-comparison.js';
import { compileQuantifier } from './compile-quantifier.js';
import { compileMembership } from './compile-membership.js';
import type { Reading } from '../frame.js';
import { askedAttributeOf, type CelNode, childrenOf } from '../syntax.js';

export function compileLogic(node: CelNode, compiler: Compiler): Reading<boolean> | undefined {
  const asked = askedAttributeOf(node);
  if (asked !== undefined) return presence(compiler.placeOf(asked));
  const { op } = node;
  if (isComparison(op)) return compileComparison(op, childrenOf(node), compiler);
  if (node.op === 'value') return constant(node.args);
  if (node.op === '&&') return both(compiler.logic(node.args[0]), compiler.logic(node.args[1]));
  if (node.op === '||') return either(compiler.logic(node.args[0]), compiler.logic(node.args[1]));
  if (node.op === '!_') return not(compiler.logic(node.args));
  if (node.op === '?:')
    return choice(compiler.logic(node.args[0]), compiler.logic(node.args[1]), compiler.logic(node.args[2]));
  if (node.op === 'in') return compileMembership(node.args[0], node.args[1], compiler);
  if (node.op !== 'rcall') return undefined;
  return compileMethod(node.args, compiler) ?? compileQuantifier(node.args, compiler);
}

function constant(literal: unknown): Reading<boolean> | undefined {
  return typeof literal === 'boolean' ? () => literal : undefined;
}

function presence(place: number | undefined): Reading<boolean> {
  if (place === undefined) return () => false;
  return ({ subject }) => !Number.isNaN(subject.attributes[place]!);
}

type Part = Reading<boolean> | undefined;

/** An error of one side counts only where the other side does not decide. */
function both(left: Part, right: Part): Part {
  if (left === undefined || right === undefined) return undefined;
  return (frame) => {
    const first = left(frame);
    if (first === false) return false;
    const second = right(frame);
    return first === undefined && second !== false ? undefined : second;
  };
}

function either(left: Part, right: Part): Part {
  if (left === undefined || right === undefined) return undefined;
  return (frame) => {
    const first = left(frame);
    if (first === true) return true;
    const second = right(frame);
    return first === undefined && second !== true ? undefined : second;
  };
}

function not(part: Part): Part {
  if (part === undefined) return undefined;
  return (frame) => {
    const value = part(frame);
    return value === undefined ? undefined : !value;
  };
}

const METHODS: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
  contains: (text, part) => text.includes(part),
};

function compileMethod([name, receiver, given]: [string, CelNode, CelNode[]], compiler: Compiler): Part {
  const method = METHODS[name];
  const [part] = given;
  if (method === undefined || part === undefined) return undefined;
  const [text, sought] = [compiler.text(receiver), compiler.text(part)];
  return text === undefined || sought === undefined ? undefined : strictly(text, sought, method);
}
