import { placesOf } from './attribute-places.js';
import type { AwardRule, BidRule, CompiledRules, SeatLimit } from './compiled-rules.js';
import type { NamedPolicy } from './named-policy.js';
import { KINDS } from './rules/by-kind.js';
import { addressOf, compareBinding, type PlacedRule } from './verdict.js';

/** Once for each version and layout: afterwards a rule is a closure that knows its sets and limits. */
export function compilePolicies(policies: readonly NamedPolicy[], layout: readonly string[]): CompiledRules {
  const bidRules: BidRule[] = [];
  const awardRules: AwardRule[] = [];
  const seatLimits: SeatLimit[] = [];
  const places = placesOf(layout);
  for (const placed of inBindingOrder(policies)) {
    const kind = KINDS[placed.rule.kind];
    const address = addressOf(placed);
    if (kind.judges === 'bids') bidRules.push(kind.compile(placed, places));
    else if (kind.judges === 'awards') awardRules.push({ address, start: kind.compile(placed) });
    else seatLimits.push({ address, start: kind.compile(placed) });
  }
  return { bidRules, awardRules, seatLimits };
}

function inBindingOrder(policies: readonly NamedPolicy[]): readonly PlacedRule[] {
  return policies
    .flatMap(({ name, version, document }) =>
      document.rules.map((rule): PlacedRule => ({ policy: name, version, rule })),
    )
    .sort((a, b) => compareBinding(addressOf(a), addressOf(b)));
}
