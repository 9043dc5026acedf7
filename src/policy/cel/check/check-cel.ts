import { type ParseResult, ParseError, TypeError } from '@marcbachmann/cel-js';
import { depthOf, stepsOf } from './cost.js';
import { celEnvironment } from './environment.js';
import { type CelFault, type CelFaultCode, celFault } from './fault.js';
import { CEL_LIMITS } from './limits.js';
import { screen } from './screen.js';
import { type CelNode, childrenOf, typeOf } from '../syntax.js';

/** An expression that is sound, bounded, and true or false for every bid. */
export interface CelRule {
  readonly expression: string;
  readonly root: CelNode;
  /** Evaluates it as the library does; throws where CEL has an error. */
  readonly interpret: ParseResult;
}

export type CelCheck = { readonly rule: CelRule } | { readonly faults: readonly CelFault[] };

/** Everything that can be wrong with a rule is found here, before it meets a bid. It never throws. */
export function checkCel(expression: string): CelCheck {
  const at = (code: CelFaultCode, reason: string, offset: number): CelFault =>
    celFault(code, reason, expression, offset);
  const { lengthMax } = CEL_LIMITS;
  if (expression.length > lengthMax)
    return { faults: [at('TOO_LONG', `A rule has at most ${lengthMax} characters.`, lengthMax)] };
  try {
    return judge(expression, celEnvironment().parse(expression), at);
  } catch (thrown) {
    return { faults: [libraryFault(thrown, at)] };
  }
}

type At = (code: CelFaultCode, reason: string, offset: number) => CelFault;

function judge(expression: string, interpret: ParseResult, at: At): CelCheck {
  const root = interpret.ast;
  if (depthOf(root) > CEL_LIMITS.depthMax) return { faults: [tooDeep(at)] };
  const objections = screen(root);
  if (objections.length > 0)
    return { faults: objections.map(({ code, reason, node }) => at(code, reason, node.start)) };
  const { valid, type, error } = interpret.check();
  if (!valid) return { faults: [libraryFault(error, at)] };
  const fault = wrongResult(type, at) ?? joinedLists(root, at) ?? tooCostly(root, at);
  return fault === undefined ? { rule: { expression, root, interpret } } : { faults: [fault] };
}

function wrongResult(type: string | undefined, at: At): CelFault | undefined {
  if (type === 'bool') return undefined;
  return at('WRONG_TYPE', `A rule is true or false; this one is of type ${type ?? 'unknown'}.`, 0);
}

/** Adding lists copies them, again and again in a chain. */
function joinedLists(node: CelNode, at: At): CelFault | undefined {
  if (node.op === '+' && typeOf(node) === 'list')
    return at('NOT_ALLOWED', 'Adding lists is not open to rules.', node.start);
  for (const child of childrenOf(node)) {
    const fault = joinedLists(child, at);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function tooCostly(root: CelNode, at: At): CelFault | undefined {
  const steps = stepsOf(root);
  if (steps <= CEL_LIMITS.stepsMax) return undefined;
  const reason = `The rule may take ${steps} steps for one bid; at most ${CEL_LIMITS.stepsMax} are allowed.`;
  return at('TOO_COSTLY', reason, 0);
}

function tooDeep(at: At, offset = 0): CelFault {
  return at('TOO_DEEP', `A rule nests at most ${CEL_LIMITS.depthMax} deep.`, offset);
}

/** What the library throws is in its own words. Anything else it throws means that the rule was too much for it. */
function libraryFault(thrown: unknown, at: At): CelFault {
  if (!(thrown instanceof ParseError || thrown instanceof TypeError)) return tooDeep(at);
  const offset = thrown.node?.start ?? 0;
  if (thrown.code === 'limit_exceeded') return exceeded(thrown.summary, offset, at);
  return at(thrown instanceof ParseError ? 'SYNTAX' : 'WRONG_TYPE', `${thrown.summary}.`, offset);
}

function exceeded(summary: string, offset: number, at: At): CelFault {
  if (summary.includes('maxDepth')) return tooDeep(at, offset);
  return at('TOO_LARGE', `A rule has at most ${CEL_LIMITS.nodesMax} literals, fields and operators.`, offset);
}
