import { NAMES_MAX } from '../../../schema/round.js';
import { type CelNode, childrenOf, pathOf, QUANTIFIERS, typeOf } from '../syntax.js';

/** How many steps one evaluation takes at worst, when every list of the bid is as long as the wire allows. */
export function stepsOf(node: CelNode): number {
  if (pathOf(node) !== undefined) return 1;
  const own = 1 + (walksList(node) ? NAMES_MAX : 0);
  return childrenOf(node).reduce(
    (steps, child, place) => steps + stepsOf(child) * (isRepeated(node, place) ? NAMES_MAX : 1),
    own,
  );
}

export function depthOf(node: CelNode): number {
  return 1 + childrenOf(node).reduce((deepest, child) => Math.max(deepest, depthOf(child)), 0);
}

/** Of a macro, the predicate is evaluated for every name of the list; the list itself once. */
function isRepeated(node: CelNode, place: number): boolean {
  return node.op === 'rcall' && QUANTIFIERS.has(node.args[0]) && place > 0;
}

/** A list literal pays for its elements as nodes; a list of the bid has to be walked. */
function walksList(node: CelNode): boolean {
  if (node.op === 'in') return node.args[1].op !== 'list';
  return (node.op === '==' || node.op === '!=') && typeOf(node.args[0]) === 'list';
}
