import type { Rule, RuleKind, RuleOf } from '../schema/policy.js';
import { soundCel } from './cel/check/checked-rules.js';
import { fieldsOf } from './cel/fields-of.js';
import type { NamedPolicy } from './named-policy.js';

/** The fields of a bid that nobody has to read for other ends than policies. */
const FIELDS = ['seller', 'domains', 'categories'] as const;
type BidField = (typeof FIELDS)[number];

/** Whether any rule reads the field; what nobody asks for does not have to be taken from the wire. */
export type FieldsRead = Readonly<Record<BidField, boolean>>;

export function fieldsReadBy(policies: readonly NamedPolicy[]): FieldsRead {
  const read = new Set(policies.flatMap(({ document }) => document.rules.flatMap(fieldsOfRule)));
  return { seller: read.has('seller'), domains: read.has('domains'), categories: read.has('categories') };
}

function fieldsOfRule(rule: Rule): readonly BidField[] {
  if (rule.kind === 'cel') return fieldsOfExpression(rule);
  if (rule.kind === 'separation') return SEPARATED_FIELD[rule.by];
  return FIELDS_OF_KIND[rule.kind];
}

function fieldsOfExpression(rule: RuleOf<'cel'>): readonly BidField[] {
  const { fields } = fieldsOf(soundCel(rule));
  return FIELDS.filter((field) => fields.includes(`bid.${field}`));
}

const SEPARATED_FIELD: Readonly<Record<RuleOf<'separation'>['by'], readonly BidField[]>> = {
  seat: [],
  advertiser: ['domains'],
  category: ['categories'],
};

/** Every kind stands here, also those that read none, so that a new one cannot be forgotten. */
const FIELDS_OF_KIND: Readonly<Record<Exclude<RuleKind, 'cel' | 'separation'>, readonly BidField[]>> = {
  'price-cap': [],
  'price-floor': [],
  'minimum-margin': [],
  'allowed-seats': [],
  'blocked-seats': [],
  'allowed-sellers': ['seller'],
  'blocked-sellers': ['seller'],
  'allowed-domains': ['domains'],
  'blocked-domains': ['domains'],
  'allowed-categories': ['categories'],
  'blocked-categories': ['categories'],
  'attribute-range': [],
  'privacy-flags': [],
  'bids-per-seat': [],
  'awards-per-seat': [],
  'awards-per-advertiser': ['domains'],
  'round-budget': [],
  'approval-threshold': [],
};
