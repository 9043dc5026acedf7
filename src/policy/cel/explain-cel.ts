import type { AttributePlaces } from '../attribute-places.js';
import type { JsonValue } from '../verdict.js';
import { type CelRule, checkCel } from './check/check-cel.js';
import { compilerFor } from './compile/compile-cel.js';
import { type Compiler, isComparison } from './compile/compiler.js';
import { CEL_FIELDS } from './fields.js';
import type { CelFrame, Reading } from './frame.js';
import { interpretCel } from './interpret-cel.js';
import { askedAttributeOf, attributeOf, type CelNode, childrenOf, pathOf, typeOf } from './syntax.js';
import { toldList, toldText, toldValue } from './told-value.js';
import { writeCel } from './write-cel.js';

/** Which part of a rule a bid does not meet, and with which values; null is a value that the bid does not have. */
export interface CelExplanation {
  /** The field that was compared, without `bid.`; the text of the part where it has another shape. */
  readonly field: string;
  readonly limit: JsonValue;
  readonly value: JsonValue;
}

export type CelExplainer = (frame: CelFrame) => CelExplanation;

/** Explains bids that do not meet the rule. It is made on demand: most rules never have to explain themselves. */
export function explainCel(rule: CelRule, places: AttributePlaces): CelExplainer {
  return explainerOf(rule.root, { compiler: compilerFor(places), places, choicesLeft: CHOICES_MAX });
}

/** Beyond so many choices inside choices a rule is told as a text: nobody could follow it, and it costs too much. */
const CHOICES_MAX = 4;

interface Scope {
  readonly compiler: Compiler;
  readonly places: AttributePlaces;
  readonly choicesLeft: number;
}

/** Of parts that all have to hold, the first that is false decides; where none is, the first that is an error. */
function explainerOf(node: CelNode, scope: Scope): CelExplainer {
  const parts = conjunctsOf(node).map((conjunct) => partOf(conjunct, scope));
  return (frame) => {
    const outcomes = parts.map(({ holds }) => holds(frame));
    const deciding = outcomes.includes(false) ? outcomes.indexOf(false) : outcomes.indexOf(undefined);
    return parts[Math.max(deciding, 0)]!.explain(frame);
  };
}

function conjunctsOf(node: CelNode): readonly CelNode[] {
  return node.op === '&&' ? node.args.flatMap(conjunctsOf) : [node];
}

interface Part {
  readonly holds: Reading<boolean>;
  readonly explain: CelExplainer;
}

/** A part that only the library can evaluate is checked once more for that; nothing inside of it is looked at. */
function partOf(node: CelNode, scope: Scope): Part {
  const holds = scope.compiler.logic(node);
  if (holds === undefined) return textPart(node, interpreted(node, scope));
  const asked = askedAttributeOf(node);
  if (asked !== undefined)
    return { holds, explain: () => ({ field: `attributes.${asked}`, limit: true, value: null }) };
  if (node.op === '?:' && scope.choicesLeft > 0) return { holds, explain: explainChoice(node.args, scope) };
  const sides = comparedSides(node);
  const compared = sides === undefined ? undefined : explainComparison(sides, scope);
  return compared === undefined ? textPart(node, holds) : { holds, explain: compared };
}

function textPart(node: CelNode, holds: Reading<boolean>): Part {
  const field = toldText(writeCel(node));
  return { holds, explain: (frame) => ({ field, limit: true, value: holds(frame) ?? null }) };
}

function interpreted(node: CelNode, { places }: Scope): Reading<boolean> {
  const checked = checkCel(writeCel(node));
  return 'rule' in checked ? interpretCel(checked.rule, places) : () => undefined;
}

function explainChoice([asked, yes, no]: [CelNode, CelNode, CelNode], outer: Scope): CelExplainer {
  const scope = { ...outer, choicesLeft: outer.choicesLeft - 1 };
  const condition = scope.compiler.logic(asked);
  const [explainAsked, explainYes, explainNo] = [asked, yes, no].map((part) => explainerOf(part, scope));
  return (frame) => {
    const held = condition?.(frame);
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

function explainComparison({ name, named, limit }: Sides, { compiler }: Scope): CelExplainer | undefined {
  const [readValue, readLimit] = [valueOf(named, compiler), valueOf(limit, compiler)];
  if (readValue === undefined || readLimit === undefined) return undefined;
  return (frame) => ({ field: name, limit: readLimit(frame), value: readValue(frame) });
}

function valueOf(node: CelNode, compiler: Compiler): ((frame: CelFrame) => JsonValue) | undefined {
  if (typeOf(node) === 'list') return listOf(node, compiler);
  const read = scalarOf(node, compiler);
  return read === undefined ? undefined : (frame) => toldValue(read(frame));
}

function scalarOf(node: CelNode, compiler: Compiler): Reading<number | string | boolean> | undefined {
  const type = typeOf(node);
  if (type === 'string') return compiler.text(node);
  if (type === 'bool') return compiler.logic(node);
  return type === 'int' ? compiler.int(node)?.read : compiler.double(node);
}

function listOf(node: CelNode, compiler: Compiler): ((frame: CelFrame) => JsonValue) | undefined {
  const field = CEL_FIELDS.get(pathOf(node) ?? '');
  if (field?.type === 'list<string>') return (frame) => toldList(field.read(frame));
  if (node.op !== 'list') return undefined;
  const elements = node.args.map((element) => scalarOf(element, compiler));
  return elements.includes(undefined)
    ? undefined
    : (frame) => toldList(elements.map((read) => read?.(frame)));
}
