import { createHash } from 'node:crypto';
import type { Rule, RuleKind } from '../../src/schema/policy.js';
import { faultOf } from '../policy/naive-faults.js';
import type { WireBid } from '../policy/wire-bids.js';
import { canonicalJson } from '../support/canonical-json.js';
import { decimalOf, microsOf } from './naive-money.js';
import type { Reason } from './naive-eligibility.js';
import type { NaiveBid, NaivePolicy, NaiveRound, NaiveVerdict } from './naive-round.js';

/** Policies under their names, each once: a round may carry the same document twice. */
export type House = Map<string, NaivePolicy>;

export function houseOf({ policies = [] }: NaiveRound): House {
  return new Map(policies.map((policy) => [nameOfCarried(policy), policy]));
}

export function nameOfCarried(document: unknown): string {
  return `inline-${createHash('sha256').update(canonicalJson(document)).digest('hex').slice(0, 16)}`;
}

/** Rules judge a bid alone, among the bids of its seat, or as an award beside those already taken. */
export type Occasion = 'alone' | 'among-bids' | 'among-awards';

/** Everything that rules of an occasion have to say; `earlier` are the better bids, or the awards. */
export function judge(house: House, occasion: Occasion, bid: WireBid, earlier: WireBid[]): NaiveVerdict[] {
  return [...house].flatMap(([policy, { rules }]) =>
    rules
      .filter(({ kind }) => occasionOf(kind) === occasion)
      .flatMap((rule) => {
        const fault = faultOf(rule, bid, earlier);
        return fault === undefined ? [] : [{ policy, ...tell(rule), ...fault }];
      }),
  );
}

/** The bid as rules read it, for so many units. What is neither a number nor a truth value is not said. */
export function readByRules(bid: NaiveBid, quantity: number): WireBid {
  const { seat, domains = [], categories = [], seller } = bid;
  const price = decimalOf(microsOf(bid.price));
  const said = { seat, price, quantity, domains, categories, attributes: attributesOf(bid) };
  return seller === undefined ? said : { ...said, seller };
}

export function attributesOf({ attributes = {} }: NaiveBid): { [name: string]: number | boolean } {
  const isSaid = (value: unknown) => typeof value === 'number' || typeof value === 'boolean';
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => isSaid(value))) as never;
}

/** Denials first, then the graver verdict, then by the names of policy and rule. */
export function inBindingOrder(verdicts: NaiveVerdict[]): NaiveVerdict[] {
  const ranks = ({ effect, severity, policy, rule }: NaiveVerdict) => [
    String(['deny', 'escalate'].indexOf(effect)),
    String(['high', 'medium', 'low'].indexOf(severity)),
    policy,
    rule,
  ];
  const compare = (a: string[], b: string[]) => {
    const place = a.findIndex((text, at) => text !== b[at]);
    return a[place]! < b[place]! ? -1 : 1;
  };
  return verdicts.toSorted((a, b) => compare(ranks(a), ranks(b)));
}

export function isDenied(verdicts: NaiveVerdict[]): boolean {
  return verdicts.some(({ effect }) => effect === 'deny');
}

/** The address of a rule, as answers write it. */
export function addressOf({ policy, rule }: NaiveVerdict): string {
  return `${policy}/${rule}`;
}

export function reasonOf({ kind }: NaiveVerdict): Reason {
  return REASONS[kind as keyof typeof REASONS];
}

function occasionOf(kind: RuleKind): Occasion {
  if (kind === 'bids-per-seat') return 'among-bids';
  return AMONG_AWARDS.includes(kind) ? 'among-awards' : 'alone';
}

const AMONG_AWARDS: RuleKind[] = [
  'awards-per-seat',
  'awards-per-advertiser',
  'separation',
  'round-budget',
  'approval-threshold',
];

function tell(rule: Rule) {
  const { id, kind, severity = 'medium', sentence, owner } = rule;
  const effect = kind === 'approval-threshold' ? 'escalate' : (rule.effect ?? 'deny');
  const told = { rule: id, kind, effect, severity };
  return { ...told, ...(sentence && { sentence }), ...(owner && { owner }) };
}

/** An approval threshold is not here: it never stops a bid. */
const REASONS: { readonly [K in Exclude<RuleKind, 'approval-threshold'>]: Reason } = {
  'price-cap': [510, 'PRICE_CAP_EXCEEDED'],
  'price-floor': [511, 'POLICY_FLOOR_NOT_MET'],
  'minimum-margin': [512, 'MARGIN_TOO_SMALL'],
  'allowed-seats': [513, 'SEAT_NOT_ALLOWED'],
  'blocked-seats': [514, 'SEAT_ON_BLOCK_LIST'],
  'allowed-sellers': [515, 'SELLER_NOT_ALLOWED'],
  'blocked-sellers': [516, 'SELLER_ON_BLOCK_LIST'],
  'allowed-domains': [517, 'DOMAIN_NOT_ALLOWED'],
  'blocked-domains': [518, 'DOMAIN_ON_BLOCK_LIST'],
  'allowed-categories': [519, 'CATEGORY_NOT_ALLOWED'],
  'blocked-categories': [520, 'CATEGORY_ON_BLOCK_LIST'],
  'attribute-range': [521, 'ATTRIBUTE_OUT_OF_RANGE'],
  'privacy-flags': [522, 'PRIVACY_FLAG_NOT_SET'],
  'bids-per-seat': [523, 'TOO_MANY_BIDS_OF_SEAT'],
  'awards-per-seat': [524, 'TOO_MANY_AWARDS_OF_SEAT'],
  'awards-per-advertiser': [525, 'TOO_MANY_AWARDS_OF_ADVERTISER'],
  separation: [526, 'SEPARATION_REQUIRED'],
  'round-budget': [527, 'ROUND_BUDGET_EXCEEDED'],
  cel: [528, 'RULE_NOT_FULFILLED'],
};
