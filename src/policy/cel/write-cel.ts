import { type CelNode, childrenOf } from './syntax.js';

/** How tightly operators bind; comparisons stand on one level here, so that one inside another keeps its brackets. */
const LEVELS: Readonly<Partial<Record<CelNode['op'], number>>> = {
  '?:': 1,
  '||': 2,
  '&&': 3,
  '==': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  in: 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
  '!_': 7,
  '-_': 7,
};
const COMPARISON_LEVEL = 4;
const MEMBER_LEVEL = 8;

/**
 * The text of a part of a rule; checking it gives the same part again. The place of a node in the rule is no help:
 * it leaves out brackets. The library's own writer drops brackets that matter, as in a - (b - c).
 */
export function writeCel(node: CelNode): string {
  if (node.op === 'value') return node.input.slice(node.start, node.end);
  if (node.op === 'id') return node.args;
  if (node.op === '.') return `${within(node.args[0], MEMBER_LEVEL)}.${node.args[1]}`;
  if (node.op === '[]') return `${within(node.args[0], MEMBER_LEVEL)}[${writeCel(node.args[1])}]`;
  if (node.op === 'list') return `[${writeAll(node.args)}]`;
  if (node.op === 'call') return `${node.args[0]}(${writeAll(node.args[1])})`;
  if (node.op === 'rcall') return writeMethod(node.args);
  return writeOperator(node);
}

function writeOperator(node: CelNode): string {
  const level = levelOf(node);
  if (node.op === '!_' || node.op === '-_') return `${node.op[0]!}${within(node.args, level)}`;
  if (node.op === '?:') {
    const [asked, yes, no] = node.args;
    return `${within(asked, level + 1)} ? ${within(yes, level + 1)} : ${within(no, level)}`;
  }
  const [left, right] = childrenOf(node);
  const leftLevel = level === COMPARISON_LEVEL ? level + 1 : level;
  return `${within(left!, leftLevel)} ${node.op} ${within(right!, level + 1)}`;
}

function writeMethod([name, receiver, given]: [string, CelNode, CelNode[]]): string {
  return `${within(receiver, MEMBER_LEVEL)}.${name}(${writeAll(given)})`;
}

function writeAll(nodes: readonly CelNode[]): string {
  return nodes.map(writeCel).join(', ');
}

/** In brackets where the node binds more loosely than its surroundings ask for. */
function within(node: CelNode, level: number): string {
  const text = writeCel(node);
  return levelOf(node) < level ? `(${text})` : text;
}

function levelOf({ op }: CelNode): number {
  return LEVELS[op] ?? MEMBER_LEVEL;
}
