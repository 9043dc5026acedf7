import type { ExplainedAward, Pricing } from '../../../schema/explanation.js';
import type { FormatName } from '../../../schema/round.js';
import { amount, offer } from './words.js';

const RULES: Readonly<Record<FormatName, string>> = {
  'first-price': 'first price: a winner pays what it bid',
  'second-price': 'second price: the winner pays just enough to beat the next bid',
  'fixed-price': 'fixed price: what was agreed beforehand',
  'uniform-price': 'uniform price: every unit costs the highest bid that won nothing',
  gsp: 'generalised second price: each position pays just enough to keep the next bid below it',
  vcg: 'VCG: each winner pays what it takes away from the bids below it',
};

export function ruleOfFormat(format: FormatName): string {
  return RULES[format];
}

/** Where the price of an award comes from, with the numbers, in lines. */
export function tellPrice(award: ExplainedAward, roundFormat: FormatName): readonly string[] {
  const { pricing } = award;
  const asDeal = pricing.format === roundFormat ? [] : [`Priced as its deal says: ${pricing.format}.`];
  return [...asDeal, ...(pricing.basis === 'harm' ? harmLines(award) : [`${basisWords(award)}.`])];
}

function basisWords({ pays, pricing }: ExplainedAward): string {
  switch (pricing.basis) {
    case 'own-bid':
      return pricing.rival === undefined
        ? 'It pays its own bid'
        : `It pays its own bid, ${amount(pays)}: ${wanted(pricing)}`;
    case 'runner-up':
      return capital(nextWords(pricing));
    case 'highest-loser':
      return `The highest bid that won nothing is ${offer(pricing.rival!)}`;
    case 'harm':
    case 'floor':
      return floorWords(pricing);
  }
}

/** What would be more than the bid. */
function wanted(pricing: Pricing): string {
  return `${nextWords(pricing)}, and nobody pays more than it bid`;
}

function nextWords({ rival, tie = 0, increment = 0 }: Pricing): string {
  const next = `the next bid is ${offer(rival!)}`;
  const ties = tie === rival!.price ? next : `${next}; ${amount(tie)} ties with it in utility`;
  return increment === 0 ? ties : `${ties}, plus the increment of ${amount(increment)}`;
}

function floorWords({ floor, floorOf, rival, format }: Pricing): string {
  const name = {
    lot: 'the floor of the lot',
    deal: 'the floor of the deal',
    reserve: 'the reserve of the seller',
  }[floorOf];
  if (format === 'fixed-price') return `Agreed beforehand: ${name}, ${amount(floor)}`;
  const below =
    rival === undefined ? 'no other bid competes for it' : `the next bid, ${offer(rival)}, does not reach it`;
  return `It pays ${name}, ${amount(floor)}: ${below}`;
}

/** 0.40 x 1.00 (b2) + 0.60 x 0.50 (floor), divided by 1. */
function harmLines({ pricing }: ExplainedAward): readonly string[] {
  const { harm = [], ownWeight = 1 } = pricing;
  const terms = harm.map(({ weight, price, bid }) => `${weight} x ${amount(price)} (${bid ?? 'floor'})`);
  return [
    `What the bids below lose: ${terms.join(' + ')}; divided by its own weight, ${ownWeight}, rounded up.`,
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
