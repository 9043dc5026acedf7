import type { NamedPolicy } from '../../src/policy/named-policy.js';
import type { Rule } from '../../src/schema/policy.js';
import { faultOf } from './naive-faults.js';
import type { WireBid } from './wire-bids.js';

/**
 * The judge as one would write it with the documentation in hand: straight from the wire, looking at everything each
 * time, nothing compiled, money as BigInt. It is the twin that the compiled rules are compared with.
 */
export function judgeNaively(policies: readonly NamedPolicy[], ranked: readonly WireBid[]) {
  const taken: WireBid[] = [];
  return {
    alone: ranked.map((bid) => verdicts(policies, 'alone', bid, [])),
    amongSeat: ranked.map((bid, index) => verdicts(policies, 'amongSeat', bid, ranked.slice(0, index))),
    awarded: ranked.map((bid) => {
      const spoken = verdicts(policies, 'awarded', bid, taken);
      if (!spoken.some(({ effect }) => effect === 'deny')) taken.push(bid);
      return spoken;
    }),
  };
}

type Place = 'alone' | 'amongSeat' | 'awarded';

function placeOf({ kind }: Rule): Place {
  if (kind === 'bids-per-seat') return 'amongSeat';
  return /^(awards-|separation|round-|approval-)/.test(kind) ? 'awarded' : 'alone';
}

function verdicts(policies: readonly NamedPolicy[], place: Place, bid: WireBid, earlier: readonly WireBid[]) {
  const found = policies.flatMap(({ name, version, document }) =>
    document.rules
      .filter((rule) => placeOf(rule) === place)
      .flatMap((rule) => {
        const fault = faultOf(rule, bid, earlier);
        return fault === undefined ? [] : [{ policy: name, version, ...tell(rule), ...fault }];
      }),
  );
  return found.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function tell(rule: Rule) {
  const { id, kind, severity = 'medium', sentence, owner } = rule;
  const effect = kind === 'approval-threshold' ? 'escalate' : (rule.effect ?? 'deny');
  const reasons = { ...(sentence !== undefined && { sentence }), ...(owner !== undefined && { owner }) };
  return { rule: id, kind, effect, severity, ...reasons };
}

/** A text that sorts as verdicts do; names of generated policies and rules have no spaces, versions one digit. */
function orderOf(verdict: ReturnType<typeof tell> & { readonly policy: string; readonly version: number }) {
  const { effect, severity, policy, version, rule } = verdict;
  return [effect === 'deny' ? 0 : 1, ['high', 'medium', 'low'].indexOf(severity), policy, version, rule].join(
    ' ',
  );
}
