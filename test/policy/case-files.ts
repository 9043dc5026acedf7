import { readdirSync, readFileSync } from 'node:fs';
import { type Rule, RULE_KINDS, RULE_SCHEMAS, type RuleKind } from '../../src/schema/policy.js';
import type { WireBid } from './wire-bids.js';

/** Every file in test/cases/policies is a case: a rule, a bid, and the verdict it has to get. */
export interface PolicyCase {
  readonly says: string;
  readonly rule: Rule;
  readonly bid: WireBid;
  /** Bids of the round that rank higher; rules about awards see all of them awarded. */
  readonly earlier?: readonly WireBid[];
  /** What the verdict says besides the address of the rule; null when the rule is kept. */
  readonly verdict: Readonly<Record<string, unknown>> | null;
}

const FOLDER = new URL('../cases/policies/', import.meta.url);

export const POLICY_CASES = readdirSync(FOLDER)
  .filter((file) => !file.startsWith('cel-'))
  .map((file): [string, PolicyCase] => [
    file,
    JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as PolicyCase,
  ]);

/** The kinds that are shown by decision tables; conditions in CEL have tests of their own. */
export const TABLED_KINDS = RULE_KINDS.filter((kind) => kind !== 'cel');

/** The behaviours that every kind has to show, as far as it has them. */
export function behavioursOf(kind: RuleKind): readonly string[] {
  return [
    'allow',
    'boundary',
    'escalate',
    ...(kind === 'approval-threshold' ? [] : ['deny']),
    ...('missing' in RULE_SCHEMAS[kind].properties ? ['missing'] : []),
  ];
}
