import { type TSchema } from '@sinclair/typebox';
import { TypeCompiler, type ValueError } from '@sinclair/typebox/compiler';
import { isRuleKind, PolicyDocument, RULE_KINDS, RULE_SCHEMAS, type RuleKind } from '../schema/policy.js';
import { checkPolicy, type PolicyFault } from './check/check-policy.js';

export type PolicyReading =
  | { readonly document: PolicyDocument }
  /** At least one; several when the policy can be taken for one. */
  | { readonly faults: readonly PolicyFault[] };

/** Turns parsed JSON into a policy, or says what is wrong with it and where. */
export function readPolicy(value: unknown): PolicyReading {
  if (!POLICY.Check(value)) return { faults: [misfit(value)] };
  const faults = checkPolicy(value);
  return faults.length === 0 ? { document: value } : { faults };
}

const POLICY = TypeCompiler.Compile(PolicyDocument);
const KINDS = new Map(RULE_KINDS.map((kind) => [kind, TypeCompiler.Compile<TSchema>(RULE_SCHEMAS[kind])]));
const PATH_LENGTH_MAX = 160;
const IN_A_RULE = /^\/rules\/\d+(\/|$)/;

/** A union of kinds can only say that a rule fits none of them; the schema of the kind it names says why. */
function misfit(value: unknown): PolicyFault {
  const error = POLICY.Errors(value).First();
  if (error === undefined) return { path: '', message: 'The policy does not fit.' };
  if (!IN_A_RULE.test(error.path)) return told(error, '');
  return ruleMisfit(error.value, error.path);
}

function ruleMisfit(rule: unknown, path: string): PolicyFault {
  const kind = kindOf(rule);
  if (kind === undefined) {
    return { path: `${path}/kind`, message: `${path}/kind: expected one of ${RULE_KINDS.join(', ')}.` };
  }
  const error = KINDS.get(kind)!.Errors(rule).First();
  return error === undefined ? { path, message: `${path}: the rule does not fit.` } : told(error, path);
}

function kindOf(rule: unknown): RuleKind | undefined {
  if (typeof rule !== 'object' || rule === null || !('kind' in rule)) return undefined;
  return isRuleKind(rule.kind) ? rule.kind : undefined;
}

function told(error: ValueError, parent: string): PolicyFault {
  // An unexpected field can have any name; one that is too long to repeat is told by where it stands.
  const path = `${parent}${error.path.length <= PATH_LENGTH_MAX ? error.path : ''}`;
  const place = path === '' ? 'The policy' : path;
  return { path, message: `${place}: ${expectation(error)}.` };
}

function expectation({ schema, message }: ValueError): string {
  const names: unknown = schema['enum'];
  if (Array.isArray(names)) return `expected one of ${names.join(', ')}`;
  const description = schema.description === undefined ? '' : ` (${schema.description})`;
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}${description}`;
}
