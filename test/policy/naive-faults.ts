import type { Rule, RuleKind, RuleOf } from '../../src/schema/policy.js';
import { decimalOf, microsOf } from '../auction/naive-money.js';
import { type Fault, inside, lower, outside, separated } from './naive-names.js';
import type { WireBid } from './wire-bids.js';

type FaultFinder<R> = (rule: R, bid: WireBid, earlier: readonly WireBid[]) => Fault | undefined;

/** What a rule has against a bid, straight from the wire; `earlier` are better bids, or awards taken so far. */
export function faultOf(rule: Rule, bid: WireBid, earlier: readonly WireBid[]): Fault | undefined {
  const find = FINDERS[rule.kind] as FaultFinder<Rule>;
  return find(rule, bid, earlier);
}

const price = ({ price = 1 }: WireBid) => price;
const worth = (bid: WireBid) => microsOf(price(bid)) * BigInt(bid.quantity ?? 1);
const seat = ({ seat = 'alder' }: WireBid) => seat;
const seller = (bid: WireBid) => (bid.seller === undefined ? [] : [bid.seller]);
const when = (broken: boolean, field: string, limit: unknown, value: unknown) =>
  broken ? { field, limit, value } : undefined;

const FINDERS: { readonly [K in RuleKind]: FaultFinder<RuleOf<K>> } = {
  'price-cap': ({ max }, bid) => when(microsOf(price(bid)) > microsOf(max), 'price', max, price(bid)),
  'price-floor': ({ min }, bid) => when(microsOf(price(bid)) < microsOf(min), 'price', min, price(bid)),
  'minimum-margin': marginFault,
  'allowed-seats': (rule, bid) => outside('seat', rule.seats, [seat(bid)], {}),
  'blocked-seats': (rule, bid) => inside('seat', rule.seats, [seat(bid)], {}),
  'allowed-sellers': (rule, bid) => outside('seller', rule.sellers, seller(bid), rule),
  'blocked-sellers': (rule, bid) => inside('seller', rule.sellers, seller(bid), rule),
  'allowed-domains': (rule, bid) => outside('domains', rule.domains, bid.domains, rule),
  'blocked-domains': (rule, bid) => inside('domains', rule.domains, bid.domains, rule),
  'allowed-categories': (rule, bid) => outside('categories', rule.categories, bid.categories, rule),
  'blocked-categories': (rule, bid) => inside('categories', rule.categories, bid.categories, rule),
  'attribute-range': rangeFault,
  'privacy-flags': flagFault,
  'bids-per-seat': (rule, bid, better) => countFault('seatBids', rule.max, bid, better),
  'awards-per-seat': (rule, bid, taken) => countFault('seatAwards', rule.max, bid, taken),
  'awards-per-advertiser': advertiserFault,
  separation: (rule, bid, taken) => separated(rule, bid, taken),
  'round-budget': ({ max }, bid, taken) => {
    const sum = [...taken, bid].reduce((micros, each) => micros + worth(each), 0n);
    return when(sum > microsOf(max), 'roundSpend', max, decimalOf(sum));
  },
  'approval-threshold': ({ above }, bid) =>
    when(worth(bid) > microsOf(above), 'awardValue', above, decimalOf(worth(bid))),
  cel: () => {
    throw new Error('conditions in CEL have a twin of their own');
  },
};

/** The margin reaches the minimum when (price - cost) x 10^6 is at least the minimum in millionths x price. */
function marginFault(rule: RuleOf<'minimum-margin'>, bid: WireBid): Fault | undefined {
  const cost = bid.attributes?.[rule.cost ?? 'cost'];
  if (cost === undefined) return when(rule.missing !== 'allow', 'margin', rule.min, null);
  const priceMicros = microsOf(price(bid));
  const leftMicros = priceMicros - microsOf(Number(cost));
  if (priceMicros === 0n) return when(true, 'margin', rule.min, null);
  const broken = leftMicros * 1_000_000n < microsOf(rule.min) * priceMicros;
  return when(broken, 'margin', rule.min, Number(leftMicros) / Number(priceMicros));
}

function rangeFault(rule: RuleOf<'attribute-range'>, bid: WireBid): Fault | undefined {
  const said = bid.attributes?.[rule.attribute];
  const field = `attributes.${rule.attribute}`;
  if (said === undefined) return when(rule.missing !== 'allow', field, rule.min ?? rule.max, null);
  const value = Number(said);
  if (rule.min !== undefined && value < rule.min) return when(true, field, rule.min, value);
  return when(rule.max !== undefined && value > rule.max, field, rule.max, value);
}

function flagFault(rule: RuleOf<'privacy-flags'>, bid: WireBid): Fault | undefined {
  const broken = [...rule.flags].sort().find((flag) => {
    const said = bid.attributes?.[flag];
    return said === undefined ? rule.missing !== 'allow' : Number(said) !== 1;
  });
  if (broken === undefined) return undefined;
  const said = bid.attributes?.[broken] ?? null;
  return when(true, `attributes.${broken}`, true, said === 0 ? false : said);
}

function countFault(
  field: string,
  max: number,
  bid: WireBid,
  earlier: readonly WireBid[],
): Fault | undefined {
  const count = earlier.filter((other) => seat(other) === seat(bid)).length + 1;
  return when(count > max, field, max, count);
}

function advertiserFault(
  { max, missing }: RuleOf<'awards-per-advertiser'>,
  bid: WireBid,
  taken: readonly WireBid[],
): Fault | undefined {
  const own = lower(bid.domains);
  if (own.length === 0) return when(missing === 'deny', 'advertiserAwards', max, null);
  const counts = own.map((name) => taken.filter((other) => lower(other.domains).includes(name)).length + 1);
  return when(Math.max(...counts) > max, 'advertiserAwards', max, Math.max(...counts));
}
