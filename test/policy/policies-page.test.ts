import { describe, expect, test } from 'vitest';
import type { NamedPolicy } from '../../src/policy/named-policy.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import {
  PolicyDocument,
  type Rule,
  RULE_HEAD,
  RULE_KINDS,
  RULE_SCHEMAS,
  type RuleKind,
} from '../../src/schema/policy.js';
import { codeBlocks, readDocument, section, tableOf } from '../docs/markdown.js';
import { judgeLast, type Situation } from './judging.js';
import type { WireBid, WireSetting } from './wire-bids.js';

const PAGE = readDocument('POLICIES.md');
const HEAD_FIELDS = [...Object.keys(RULE_HEAD), 'kind', 'effect'];

describe.each(RULE_KINDS)('what POLICIES.md says of %s', (kind) => {
  const part = section(PAGE, `### ${kind}`);
  const decisions = decisionsIn(part);

  test('has the parameters of the schema, and their bounds', () => {
    checkParameters(kind, part);
  });

  test('shows every effect, and a bid that passes', () => {
    const effects = new Set(decisions.map(({ verdict }) => verdict.split(':')[0]!));
    const expected = kind === 'approval-threshold' ? ['allow', 'escalate'] : ['allow', 'deny', 'escalate'];
    expect([...effects].toSorted()).toEqual(expected);
  });

  test.each(decisions)('$parameters | $bid | $besides is decided as printed', (decision) => {
    expect(decide(kind, decision)).toBe(decision.verdict);
  });
});

interface Decision {
  readonly parameters: string;
  readonly bid: string;
  /** What stands between the bid and the verdict in tables that need more than a bid. */
  readonly besides: string;
  readonly verdict: string;
}

/** The second table of a section; its third column is there where other bids, or the lot and the round, matter. */
function decisionsIn(part: string): readonly Decision[] {
  const [head, ...rows] = tableOf(part.slice(part.indexOf('\n| parameters |')));
  expect(head!.at(-1)).toBe('verdict');
  return rows.map((cells) => ({
    parameters: unquoted(cells[0]!),
    bid: unquoted(cells[1]!),
    besides: cells.length === 4 ? unquoted(cells[2]!) : '[]',
    verdict: cells.at(-1)!,
  }));
}

function decide(kind: RuleKind, { parameters, bid, besides }: Decision): string {
  const rule = { id: 'r', kind, ...(JSON.parse(parameters) as object) };
  const reading = readPolicy({ rules: [rule] });
  if (!('document' in reading)) return JSON.stringify(reading.faults);
  const policy: NamedPolicy = { name: 'page', version: 1, document: reading.document };
  const situation: Situation = {
    bid: JSON.parse(bid) as WireBid,
    ...(kind === 'cel'
      ? { setting: JSON.parse(besides) as WireSetting }
      : { earlier: JSON.parse(besides) as WireBid[] }),
  };
  const [verdict] = judgeLast(policy, situation);
  if (verdict === undefined) return 'allow';
  const { effect, field, value, limit } = verdict;
  return `${effect}: \`${field}\` is \`${spaced(value)}\`, limit \`${spaced(limit)}\``;
}

function spaced(value: unknown): string {
  return JSON.stringify(value).replaceAll('","', '", "');
}

function unquoted(cell: string): string {
  return cell.replaceAll('`', '');
}

function checkParameters(kind: RuleKind, part: string): void {
  const { properties } = RULE_SCHEMAS[kind];
  const required: readonly string[] = RULE_SCHEMAS[kind].required;
  const [, ...rows] = tableOf(part);
  const own = Object.keys(properties).filter((name) => !HEAD_FIELDS.includes(name));
  expect(rows.map(([name]) => unquoted(name!)).toSorted()).toEqual(own.toSorted());
  for (const [name, type, fallback] of rows) {
    const field = unquoted(name!);
    expect([field, fallback === 'required']).toEqual([field, required.includes(field)]);
    const declared: unknown = Object.entries(properties).find(([each]) => each === field)?.[1];
    if (type !== 'amount') expect(numbersIn(type!)).toEqual(boundsOf(declared));
    const { enum: names } = declared as { readonly enum?: readonly string[] };
    for (const choice of names ?? []) expect(type).toContain(`\`${choice}\``);
  }
}

interface Bounded {
  readonly type?: string;
  readonly items?: Bounded;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly minLength?: number;
}

/** Every bound of a field from outside in, as the page writes them. */
function boundsOf(declared: unknown): readonly number[] {
  const { items, ...bounds } = declared as Bounded;
  const own = [
    bounds.minimum ?? bounds.minItems ?? bounds.minLength,
    bounds.maximum ?? bounds.maxItems ?? bounds.maxLength,
  ];
  return [
    ...own.filter((bound) => bound !== undefined),
    ...(items?.maxItems === undefined ? [] : boundsOf(items)),
  ];
}

function numbersIn(type: string): readonly number[] {
  return (type.replace(/`[^`]*`/g, '').match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
}

describe('POLICIES.md', () => {
  test('has a section for every kind, in the order of the schema', () => {
    const kinds = section(PAGE, '## Kinds of rules');
    expect([...kinds.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading)).toEqual(RULE_KINDS);
  });

  test('names the fields of a policy and of every rule', () => {
    const [policy, rule] = section(PAGE, '## A policy').split('Every rule has these fields');
    expect(namesIn(policy!)).toEqual(Object.keys(PolicyDocument.properties).toSorted());
    expect(namesIn(rule!)).toEqual(HEAD_FIELDS.toSorted());
  });

  test('shows policies that are taken, and the verdict that the first one gives', () => {
    const policies = jsonBlocks('json policy') as { rules: Rule[] }[];
    for (const document of policies) expect(readPolicy(document)).toEqual({ document });
    const [policy] = policies;
    const [verdict] = jsonBlocks('json verdict') as object[];
    const bid: WireBid = { categories: ['IAB7-39'], attributes: { viewability: 0.8 } };
    const spoken = judgeLast({ name: 'house', version: 3, document: policy! }, { bid });
    expect(spoken).toEqual([verdict]);
    expect(Object.keys(spoken[0]!)).toEqual(Object.keys(verdict!));
  });
});

function jsonBlocks(kind: string): readonly unknown[] {
  return codeBlocks(PAGE)
    .filter((block) => block.kind === kind)
    .map(({ text }) => JSON.parse(text) as unknown);
}

function namesIn(part: string): readonly string[] {
  const [, ...rows] = tableOf(part);
  return rows.map(([name]) => unquoted(name!)).toSorted();
}
