import { type Static, type TProperties, Type } from '@sinclair/typebox';
import { ID_PATTERN } from '../base/ids.js';
import { PRICE_MAX } from '../base/money.js';
import { NAME_LENGTH_MAX, NAMES_MAX, QUANTITY_MAX } from './round.js';

/**
 * The wire shape of a policy: rules as data, each of one kind. A field that no rule has is refused, because a policy
 * with a misspelt parameter would mean less than its author wrote.
 */

export const EFFECTS = ['deny', 'escalate'] as const;
export const SEVERITIES = ['low', 'medium', 'high'] as const;
const MISSING = ['deny', 'allow'] as const;
const TAXONOMIES = ['content-1.0', 'other'] as const;
const SEPARATED_BY = ['seat', 'advertiser', 'category'] as const;

export const RULES_MAX = 100;
const DESCRIPTION_LENGTH_MAX = 1000;
const SENTENCE_LENGTH_MAX = 500;
const OWNER_LENGTH_MAX = 128;
/** UTF-16 units of one expression. */
export const EXPRESSION_LENGTH_MAX = 4000;
const FLAGS_MAX = 50;
const GROUPS_MAX = 50;
const GROUP_NAMES_MAX = 100;

const STRICT = { additionalProperties: false };

const Id = Type.String({ pattern: ID_PATTERN, description: '1 to 128 characters of ASCII 0x21 to 0x7E' });
const Name = Type.String({ pattern: `^[\\x21-\\x7e]{1,${NAME_LENGTH_MAX}}$` });
const Amount = (description: string) => Type.Number({ minimum: 0, maximum: PRICE_MAX, description });
const Count = (description: string) => Type.Integer({ minimum: 1, maximum: QUANTITY_MAX, description });
const Bound = (description: string) => Type.Number({ minimum: -PRICE_MAX, maximum: PRICE_MAX, description });
const Ids = (description: string) => Type.Array(Id, { minItems: 1, maxItems: NAMES_MAX, description });
const Names = (description: string) => Type.Array(Name, { minItems: 1, maxItems: NAMES_MAX, description });
const Text = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, description });
const OneOf = <const T extends readonly string[]>(names: T, description: string) =>
  Type.Unsafe<T[number]>(
    Type.String({ enum: [...names], pattern: `^(${names.join('|')})$`.replaceAll('.', '\\.'), description }),
  );

const Missing = (otherwise: (typeof MISSING)[number]) =>
  Type.Optional(OneOf(MISSING, `what happens to a bid that does not say it; absent: ${otherwise}`));
const Taxonomy = Type.Optional(
  OneOf(TAXONOMIES, 'in content-1.0 a parent covers its children; absent: other, ids match exactly'),
);

/** What every rule has besides the parameters of its kind. */
export const RULE_HEAD = {
  id: Id,
  severity: Type.Optional(OneOf(SEVERITIES, 'how grave it is to break the rule; absent: medium')),
  sentence: Type.Optional(Text(SENTENCE_LENGTH_MAX, 'why the rule exists, for whoever reads a verdict')),
  owner: Type.Optional(Text(OWNER_LENGTH_MAX, 'whom to ask about the rule')),
};

const Effect = OneOf(EFFECTS, 'what breaking the rule does to the bid; absent: deny');

const rule = <const K extends string, P extends TProperties>(kind: K, parameters: P) =>
  Type.Object(
    { ...RULE_HEAD, kind: Type.Literal(kind), effect: Type.Optional(Effect), ...parameters },
    STRICT,
  );

export const RULE_SCHEMAS = {
  'price-cap': rule('price-cap', { max: Amount('the highest price a bid may name') }),
  'price-floor': rule('price-floor', { min: Amount('the lowest price a bid may name') }),
  'minimum-margin': rule('minimum-margin', {
    min: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'least share of the price that is left after the cost',
    }),
    cost: Type.Optional({ ...Id, description: 'the attribute that holds the cost; absent: cost' }),
    missing: Missing('deny'),
  }),
  'allowed-seats': rule('allowed-seats', { seats: Ids('the only seats that may bid') }),
  'blocked-seats': rule('blocked-seats', { seats: Ids('seats that may not bid') }),
  'allowed-sellers': rule('allowed-sellers', {
    sellers: Ids('the only sellers whose bids count'),
    missing: Missing('deny'),
  }),
  'blocked-sellers': rule('blocked-sellers', {
    sellers: Ids('sellers whose bids do not count'),
    missing: Missing('allow'),
  }),
  'allowed-domains': rule('allowed-domains', {
    domains: Names('every domain of a bid must be one of these, or a subdomain of one'),
    missing: Missing('deny'),
  }),
  'blocked-domains': rule('blocked-domains', {
    domains: Names('no domain of a bid may be one of these, or a subdomain of one'),
    missing: Missing('allow'),
  }),
  'allowed-categories': rule('allowed-categories', {
    categories: Names('every category of a bid must be one of these'),
    taxonomy: Taxonomy,
    missing: Missing('deny'),
  }),
  'blocked-categories': rule('blocked-categories', {
    categories: Names('no category of a bid may be one of these'),
    taxonomy: Taxonomy,
    missing: Missing('allow'),
  }),
  'attribute-range': rule('attribute-range', {
    attribute: { ...Id, description: 'the attribute of the bid that is compared' },
    min: Type.Optional(Bound('the least value; absent: no least')),
    max: Type.Optional(Bound('the highest value; absent: no highest')),
    missing: Missing('deny'),
  }),
  'privacy-flags': rule('privacy-flags', {
    flags: Type.Array(Id, {
      minItems: 1,
      maxItems: FLAGS_MAX,
      description: 'attributes that must all be true',
    }),
    missing: Missing('deny'),
  }),
  'bids-per-seat': rule('bids-per-seat', {
    max: Count('most bids of one seat in a round; its best ones count'),
  }),
  'awards-per-seat': rule('awards-per-seat', { max: Count('most awards of one seat in a round') }),
  'awards-per-advertiser': rule('awards-per-advertiser', {
    max: Count('most awards of one advertiser domain in a round'),
    missing: Missing('allow'),
  }),
  separation: rule('separation', {
    by: OneOf(SEPARATED_BY, 'what two awards of a round must not share'),
    groups: Type.Optional(
      Type.Array(Type.Array(Name, { minItems: 2, maxItems: GROUP_NAMES_MAX }), {
        minItems: 1,
        maxItems: GROUPS_MAX,
        description:
          'competitors: a round makes at most one award in each group; absent: one award for each value',
      }),
    ),
    taxonomy: Taxonomy,
    missing: Missing('allow'),
  }),
  'round-budget': rule('round-budget', { max: Amount('most that all awards of a round may cost together') }),
  'approval-threshold': Type.Object(
    {
      ...RULE_HEAD,
      kind: Type.Literal('approval-threshold'),
      effect: Type.Optional(OneOf(['escalate'], 'this kind always escalates')),
      above: Amount('an award worth more than this needs a person'),
    },
    STRICT,
  ),
  cel: rule('cel', { expression: Text(EXPRESSION_LENGTH_MAX, 'a condition in CEL that a bid must fulfil') }),
};

export type RuleKind = keyof typeof RULE_SCHEMAS;
export type RuleOf<K extends RuleKind> = Static<(typeof RULE_SCHEMAS)[K]>;
export type Rule = { [K in RuleKind]: RuleOf<K> }[RuleKind];
export type Effect = (typeof EFFECTS)[number];
export type Severity = (typeof SEVERITIES)[number];
export type Missing = (typeof MISSING)[number];
export type Taxonomy = (typeof TAXONOMIES)[number];

export function isRuleKind(text: unknown): text is RuleKind {
  return typeof text === 'string' && Object.hasOwn(RULE_SCHEMAS, text);
}

export const RULE_KINDS: readonly RuleKind[] = Object.keys(RULE_SCHEMAS).filter(isRuleKind);

const Rules = Type.Unsafe<Rule>(Type.Union(Object.values(RULE_SCHEMAS)));

export const PolicyDocument = Type.Object(
  {
    description: Type.Optional(Text(DESCRIPTION_LENGTH_MAX, 'what the policy is for')),
    rules: Type.Array(Rules, { minItems: 1, maxItems: RULES_MAX }),
  },
  { ...STRICT, $id: 'PolicyDocument' },
);

export type PolicyDocument = Static<typeof PolicyDocument>;
