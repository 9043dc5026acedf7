import { type TSchema, Type } from '@sinclair/typebox';
import { TypeCompiler, type ValueError } from '@sinclair/typebox/compiler';
import {
  isRuleKind,
  PolicyDocument,
  RULE_KINDS,
  RULE_SCHEMAS,
  type RuleKind,
  RULES_MAX,
} from '../schema/policy.js';
import { checkPolicy } from './check/check-policy.js';
import type { PolicyFault } from './check/policy-fault.js';

export type PolicyReading =
  | { readonly document: PolicyDocument }
  /** At least one; several when the policy can be taken for one. */
  | { readonly faults: readonly PolicyFault[] };

/** Turns parsed JSON into a policy, or says what is wrong with it and where. */
export function readPolicy(value: unknown): PolicyReading {
  const crowded = crowdedPart(value);
  if (crowded !== undefined) return { faults: [crowded] };
  if (!POLICY.Check(value)) return { faults: [misfit(value)] };
  const faults = checkPolicy(value);
  return faults.length === 0 ? { document: value } : { faults };
}

const POLICY = TypeCompiler.Compile(PolicyDocument);
const KINDS = new Map(RULE_KINDS.map((kind) => [kind, TypeCompiler.Compile<TSchema>(RULE_SCHEMAS[kind])]));
/** A policy as far as it can be judged without looking at its rules. */
const FRAME = TypeCompiler.Compile(
  Type.Object(
    {
      ...PolicyDocument.properties,
      rules: Type.Array(Type.Unknown(), { minItems: 1, maxItems: RULES_MAX }),
    },
    { additionalProperties: false },
  ),
);
const PATH_LENGTH_MAX = 160;

/** No object of a policy has as many fields. The schema would list all fields of an object many times over. */
const FIELDS_MAX = 20;

function crowdedPart(value: unknown): PolicyFault | undefined {
  if (isCrowded(value)) return { path: '', message: 'The policy has more fields than there are.' };
  if (!FRAME.Check(value)) return undefined;
  const index = value.rules.findIndex(isCrowded);
  if (index === -1) return undefined;
  return { path: `/rules/${index}`, message: `/rules/${index}: more fields than a rule of any kind has.` };
}

function isCrowded(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length > FIELDS_MAX;
}

/**
 * A union of kinds can only say that a rule fits none of them; the schema of the kind it names says why. Only the rule
 * at fault is searched for its error, because searching costs many times what checking does.
 */
function misfit(value: unknown): PolicyFault {
  if (!FRAME.Check(value)) return told(FRAME.Errors(value).First(), '');
  for (const [index, rule] of value.rules.entries()) {
    const fault = ruleMisfit(rule, `/rules/${index}`);
    if (fault !== undefined) return fault;
  }
  return told(undefined, '');
}

function ruleMisfit(rule: unknown, path: string): PolicyFault | undefined {
  const kind = kindOf(rule);
  if (kind === undefined) {
    return { path: `${path}/kind`, message: `${path}/kind: expected one of ${RULE_KINDS.join(', ')}.` };
  }
  const schema = KINDS.get(kind)!;
  return schema.Check(rule) ? undefined : told(schema.Errors(rule).First(), path);
}

function kindOf(rule: unknown): RuleKind | undefined {
  if (typeof rule !== 'object' || rule === null || !('kind' in rule)) return undefined;
  return isRuleKind(rule.kind) ? rule.kind : undefined;
}

function told(error: ValueError | undefined, parent: string): PolicyFault {
  if (error === undefined) return { path: parent, message: 'The policy does not fit.' };
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
