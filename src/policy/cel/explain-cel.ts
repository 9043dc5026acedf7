import { type CelRule, checkCel } from './check/check-cel.js';
import { compilerFor } from './compile/compile-cel.js';
import { type Compiler, isComparison } from './compile/compiler.js';
import { CEL_FIELDS } from './fields.js';
import type { CelFrame, Reading } from './frame.js';
import { interpretCel } from './interpret-cel.js';
import { askedAttributeOf, attributeOf, type CelNode, childrenOf, pathOf, typeOf } from './syntax.js';
import { writeCel } from './write-cel.js';

export type CelValue = number | string | boolean | null | readonly CelValue[];

/** Which part of a rule a bid does not meet, and with which values; null is a value that the bid does not have. */
export interface CelExplanation {
  /** The field that was compared, without `bid.`; the text of the part where it has another shape. */
  readonly field: string;
  readonly limit: CelValue;
  readonly value: CelValue;
}

export type CelExplainer = (frame: CelFrame) => CelExplanation;

/** Explains bids that do not meet the rule. It is made on demand: most rules never have to explain themselves. */
export function explainCel(rule: CelRule, layout: readonly string[]): CelExplainer {
  return explainerOf(rule.root, { compiler: compilerFor(layout), layout });
}

interface Scope {
  readonly compiler: Compiler;
  readonly layout: readonly string[];
}

function explainerOf(node: CelNode, scope: Scope): CelExplainer {
  if (node.op === '&&') return explainConjuncts(conjunctsOf(node), scope);
  if (node.op === '?:') return explainChoice(node.args, scope);
  const asked = askedAttributeOf(node);
  if (asked !== undefined) return () => ({ field: `attributes.${asked}`, limit: true, value: null });
  const sides = comparedSides(node);
  const compared = sides === undefined ? undefined : explainComparison(sides, scope);
  return compared ?? explainText(node, scope);
}

function conjunctsOf(node: CelNode): readonly CelNode[] {
  return node.op === '&&' ? node.args.flatMap(conjunctsOf) : [node];
}

/** Of parts that all have to hold, the first that is false decides; where none is, the first that is an error. */
function explainConjuncts(conjuncts: readonly CelNode[], scope: Scope): CelExplainer {
  const parts = conjuncts.map((part) => ({ holds: logicOf(part, scope), explain: explainerOf(part, scope) }));
  return (frame) => {
    const outcomes = parts.map(({ holds }) => holds(frame));
    const deciding = outcomes.includes(false) ? outcomes.indexOf(false) : outcomes.indexOf(undefined);
    return parts[Math.max(deciding, 0)]!.explain(frame);
  };
}

function explainChoice([asked, yes, no]: [CelNode, CelNode, CelNode], scope: Scope): CelExplainer {
  const condition = logicOf(asked, scope);
  const [explainAsked, explainYes, explainNo] = [asked, yes, no].map((part) => explainerOf(part, scope));
  return (frame) => {
    const held = condition(frame);
    if (held === undefined) return explainAsked!(frame);
    return held ? explainYes!(frame) : explainNo!(frame);
  };
}

interface Sides {
  readonly name: string;
  readonly named: CelNode;
  readonly limit: CelNode;
}

/** The side that names a field, a field of the bid before others, and the side it was held against. */
function comparedSides(node: CelNode): Sides | undefined {
  if (!isComparison(node.op) && node.op !== 'in') return undefined;
  const [left, right] = [childrenOf(node)[0]!, childrenOf(node)[1]!];
  const sides = [
    { named: left, limit: right, name: nameOf(left) },
    { named: right, limit: left, name: nameOf(right) },
  ].filter((side): side is Sides => side.name !== undefined);
  return sides.find(({ name }) => !/^(lot|round)\./.test(name)) ?? sides[0];
}

function nameOf(node: CelNode): string | undefined {
  const attribute = attributeOf(node);
  if (attribute !== undefined) return `attributes.${attribute}`;
  const path = pathOf(node);
  return path !== undefined && CEL_FIELDS.has(path) ? path.replace(/^bid\./, '') : undefined;
}

function explainComparison({ name, named, limit }: Sides, scope: Scope): CelExplainer | undefined {
  const [readValue, readLimit] = [valueOf(named, scope), valueOf(limit, scope)];
  if (readValue === undefined || readLimit === undefined) return undefined;
  return (frame) => ({ field: name, limit: readLimit(frame), value: readValue(frame) });
}

function explainText(node: CelNode, scope: Scope): CelExplainer {
  const [field, holds] = [writeCel(node), logicOf(node, scope)];
  return (frame) => ({ field, limit: true, value: holds(frame) ?? null });
}

function logicOf(node: CelNode, { compiler, layout }: Scope): Reading<boolean> {
  const compiled = compiler.logic(node);
  if (compiled !== undefined) return compiled;
  const checked = checkCel(writeCel(node));
  return 'rule' in checked ? interpretCel(checked.rule, layout) : () => undefined;
}

function valueOf(node: CelNode, { compiler, layout }: Scope): ((frame: CelFrame) => CelValue) | undefined {
  if (typeOf(node) === 'list') return listOf(node, { compiler, layout });
  const read = scalarOf(node, compiler);
  return read === undefined ? undefined : (frame) => writable(read(frame));
}

function scalarOf(node: CelNode, compiler: Compiler): Reading<number | string | boolean> | undefined {
  const type = typeOf(node);
  if (type === 'string') return compiler.text(node);
  if (type === 'bool') return compiler.logic(node);
  return type === 'int' ? compiler.int(node)?.read : compiler.double(node);
}

function listOf(node: CelNode, scope: Scope): ((frame: CelFrame) => CelValue) | undefined {
  const field = CEL_FIELDS.get(pathOf(node) ?? '');
  if (field?.type === 'list<string>') return field.read;
  if (node.op !== 'list') return undefined;
  const elements = node.args.map((element) => valueOf(element, scope));
  if (elements.includes(undefined)) return undefined;
  return (frame) => elements.map((read) => read?.(frame) ?? null);
}

/** JSON has no infinities, no NaN and no -0. */
function writable(value: number | string | boolean | undefined): CelValue {
  if (typeof value !== 'number') return value ?? null;
  return Number.isFinite(value) ? value + 0 : String(value);
}
