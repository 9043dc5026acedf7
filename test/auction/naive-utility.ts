import type { MissingRule, ProfileDocument } from '../../src/schema/profile.js';
import { type Corner, divideDown, heightAt, ONE_NANOS, signedMicrosOf, weighedLine } from './naive-lines.js';
import { highest, lowest, microsOf } from './naive-money.js';
import type { NaiveBid } from './naive-round.js';
import { attributesOf } from './naive-rules.js';

/** A term of a bid: what went in, and what it adds to the utility. */
export interface Term {
  name: string;
  rawMicros: bigint | undefined;
  weightNanos: bigint;
  contributionNanos: bigint;
}

export interface Utility {
  nanos: bigint;
  terms: Term[];
}

/** The attribute that refuses the bid because it is missing comes in place of a utility. */
export function utilityOf(profile: ProfileDocument, bid: NaiveBid): Utility | { missing: string } {
  const refused = refusingAttributes(profile).find((name) => attributesOf(bid)[name] === undefined);
  if (refused !== undefined) return { missing: refused };
  const terms = [...priceTerms(profile, bid), ...attributeTerms(profile, bid), ...riskTerms(profile, bid)];
  return { nanos: terms.reduce((sum, { contributionNanos }) => sum + contributionNanos, 0n), terms };
}

/** The smallest price at which the bid is worth at least so much, by halving; undefined when there is none. */
export function priceReaching(profile: ProfileDocument, utility: Utility, nanos: bigint): bigint | undefined {
  const line = priceLine(profile);
  const atPrice = utility.terms.find(({ name }) => name === 'price')?.contributionNanos ?? 0n;
  const reaches = (micros: bigint) =>
    utility.nanos - atPrice + (line === undefined ? 0n : heightAt(line, micros)) >= nanos;
  let [low, high] = [0n, HIGHEST_PRICE];
  if (!reaches(high)) return undefined;
  while (low < high) {
    const middle = (low + high) / 2n;
    if (reaches(middle)) high = middle;
    else low = middle + 1n;
  }
  return high;
}

const HIGHEST_PRICE = microsOf(9_000_000_000);
const INPUT_LIMIT = microsOf(4_000_000_000);
const SPREAD_LIMIT = microsOf(1000);

function refusingAttributes({ attributes = {}, risk }: ProfileDocument): string[] {
  const named = Object.entries(attributes).filter(([, { missing }]) => missing === 'refuse');
  return [...named.map(([name]) => name).sort(), ...(risk?.missing === 'refuse' ? [risk.spread] : [])];
}

function priceLine(profile: ProfileDocument): Corner[] | undefined {
  return profile.price && weighedLine(profile.price.value, weightsOf(profile).get('price')!);
}

function priceTerms(profile: ProfileDocument, { price }: NaiveBid): Term[] {
  const line = priceLine(profile);
  if (line === undefined) return [];
  const rawMicros = microsOf(price);
  const weightNanos = weightsOf(profile).get('price')!;
  return [{ name: 'price', rawMicros, weightNanos, contributionNanos: heightAt(line, rawMicros) }];
}

function attributeTerms(profile: ProfileDocument, bid: NaiveBid): Term[] {
  return sorted(profile).map(([attribute, { value, missing }]) => {
    const name = `attributes/${attribute}`;
    const weightNanos = weightsOf(profile).get(name)!;
    const line = weighedLine(value, weightNanos);
    const { rawMicros, input } = inputOf(bid, attribute, missing);
    const contributionNanos = input === undefined ? 0n : heightAt(line, input);
    return { name, rawMicros, weightNanos, contributionNanos };
  });
}

/** Lambdas of up to three decimals, as the twin is given, leave nothing to round. */
function riskTerms({ risk }: ProfileDocument, bid: NaiveBid): Term[] {
  if (risk === undefined) return [];
  const { rawMicros, input = 0n } = inputOf(bid, risk.spread, risk.missing);
  const spread = lowest([highest([input, 0n]), SPREAD_LIMIT]);
  const lambda = microsOf(risk.lambda);
  const contributionNanos = divideDown(-lambda * spread, 1000n);
  return [{ name: `risk/${risk.spread}`, rawMicros, weightNanos: -lambda * 1000n, contributionNanos }];
}

/** What the bid says, and what counts: an attribute that is missing may count as a value all the same. */
function inputOf(bid: NaiveBid, name: string, missing: MissingRule = 'zero') {
  const said = attributesOf(bid)[name];
  const within = (amount: number) => highest([-INPUT_LIMIT, lowest([INPUT_LIMIT, signedMicrosOf(amount)])]);
  const rawMicros = said === undefined ? undefined : within(Number(said));
  const assumed = typeof missing === 'object' ? within(missing.value) : undefined;
  return { rawMicros, input: rawMicros ?? assumed };
}

function sorted({ attributes = {} }: ProfileDocument) {
  return Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Weights in nanos by term. The nanos lost by rounding down go to the largest remainders, the earlier first. */
function weightsOf(profile: ProfileDocument): Map<string, bigint> {
  const weights = new Map<string, bigint>();
  if (profile.price !== undefined) weights.set('price', microsOf(profile.price.weight));
  for (const [name, { weight }] of sorted(profile)) weights.set(`attributes/${name}`, microsOf(weight));
  if (profile.normalise === 'none') {
    return new Map([...weights].map(([name, micros]) => [name, micros * 1000n]));
  }
  const total = [...weights.values()].reduce((sum, micros) => sum + micros);
  const shares = new Map([...weights].map(([name, micros]) => [name, (micros * ONE_NANOS) / total]));
  const lost = ONE_NANOS - [...shares.values()].reduce((sum, nanos) => sum + nanos);
  const remainder = (name: string) => (weights.get(name)! * ONE_NANOS) % total;
  const byRemainder = [...shares.keys()].sort((a, b) => Number(remainder(b) - remainder(a)));
  for (const name of byRemainder.slice(0, Number(lost))) shares.set(name, shares.get(name)! + 1n);
  return shares;
}
