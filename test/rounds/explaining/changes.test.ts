import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RoundAnswer } from '../../../src/schema/answer.js';
import type { OpenRtbAnswer } from '../../../src/schema/openrtb/clear-answer.js';
import { decimalOf, microsOf } from '../../auction/naive-money.js';
import { clearOpenRtb } from '../../openrtb/clearing.js';
import { generatedAuction } from '../../openrtb/generated-requests.js';
import { clear } from '../clearing.js';
import { crowdedRound, generatedRound } from '../generated-rounds.js';
import { type RuledRound, ruledRound } from '../ruled-rounds.js';
import { explain, losersOf, type Told } from './explaining.js';

/** What would have won is a claim: each is put to the test by changing the bid that way and clearing again. */

interface AnyRound {
  readonly bids: readonly {
    readonly id: string;
    readonly price: number;
    readonly deal?: string | undefined;
  }[];
}

const HIGHEST = microsOf(9_000_000_000);

type Changes = Told & { readonly change: { readonly kind: 'price' | 'deal' } };

const ROUNDS = [
  ['of one lot and two', generatedRound],
  ['of several lots', crowdedRound],
  ['under policies and profiles', ruledRound],
] as const;

describe.each(ROUNDS)('in rounds %s', (_says, rounds: fc.Arbitrary<AnyRound>) => {
  test('a bid that changes as it is told wins', () => {
    everyChange(rounds, (round, told) => {
      expect(wins(changed(round, told, told.change.price), told.bid), JSON.stringify(told)).toBe(true);
    });
  });

  test('a loser of whom it is told that nothing helps does not win at any price that another bid has', () => {
    everyLoser(rounds, (round, told) => {
      if (told.change.kind !== 'none') return;
      for (const { price } of round.bids) {
        for (const micros of [microsOf(price), microsOf(price) + 1n].filter((each) => each <= HIGHEST)) {
          expect(wins(changed(round, told, decimalOf(micros)), told.bid), JSON.stringify(told)).toBe(false);
        }
      }
    });
  });
});

test('a micro less than told does not win, where nothing but the price decides', () => {
  everyChange(generatedRound, (round, told) => {
    const { change } = told;
    if (change.kind !== 'price') return;
    expect(change.more).toBeGreaterThan(0);
    // Where a tie would have decided, the key may have let the bid win it.
    const lowest = microsOf(change.tieAt ?? change.price);
    if (lowest === microsOf(told.price)) return;
    expect(wins(changed(round, told, decimalOf(lowest - 1n)), told.bid), JSON.stringify(told)).toBe(false);
  });
});

test('a rule that has to be met is what stops the bid: without it the bid is stopped by another one, or not by rules', () => {
  everyLoser(ruledRound, (round, told) => {
    const { change } = told;
    if (change.kind !== 'rule') return;
    const rule = change.rule.split('/').at(-1);
    const policies = (round as unknown as RuledRound).policies.map((policy) => ({
      rules: policy.rules.filter((each) => (each as { id: string }).id !== rule),
    }));
    const left = { ...round, policies: policies.filter(({ rules }) => rules.length > 0) };
    const loss = answerTo(left).losses.find(({ bid }) => bid === told.bid);
    expect(loss?.rule?.split('/').at(-1), JSON.stringify(told)).not.toBe(rule);
  });
});

test('an OpenRTB bid that changes as it is told wins', () => {
  let claims = 0;
  fc.assert(
    fc.property(generatedAuction, (auction) => {
      for (const told of losersOf(explain(clearOpenRtb(auction).record))) {
        const { change } = told;
        if (change.kind !== 'price' && change.kind !== 'deal') continue;
        const [seat, id] = told.bid.split(' ').map(decodeURIComponent);
        const responses = JSON.parse(JSON.stringify(auction.responses)) as WireResponse[];
        const bids = responses.flatMap(({ seatbid = [] }) =>
          seatbid.flatMap((group) =>
            (group.seat ?? '') === seat ? (group.bid ?? []).filter((bid) => bid.id === id) : [],
          ),
        );
        // Who shares seat and id with another response has a number in the name, and is not looked for.
        if (bids.length !== 1) continue;
        bids[0]!.price = change.sent?.price ?? change.price;
        if (change.kind === 'deal') bids[0]!.dealid = change.deal;
        const answer = JSON.parse(clearOpenRtb({ ...auction, responses }).answer) as OpenRtbAnswer;
        const won = (answer.seatbid ?? []).some(
          (group) => (group.seat ?? '') === seat && group.bid.some((bid) => bid.id === id),
        );
        expect(won, JSON.stringify(told)).toBe(true);
        claims++;
      }
    }),
    { numRuns: 250 },
  );
  expect(claims).toBeGreaterThan(100);
});

test('every kind of change is told', () => {
  const seen = new Set<string>();
  for (const rounds of [generatedRound, ruledRound] as fc.Arbitrary<AnyRound>[]) {
    for (const round of fc.sample(rounds, { numRuns: 250, seed: 3 }))
      for (const { change } of losersOf(explain(clear(round).record))) seen.add(change.kind);
  }
  expect([...seen].sort()).toEqual(['deal', 'field', 'none', 'price', 'rule', 'tie']);
});

interface WireResponse {
  seatbid?: { seat?: string; bid?: { id: string; price: number; dealid?: string | null }[] }[];
}

function everyLoser(rounds: fc.Arbitrary<AnyRound>, holds: (round: AnyRound, told: Told) => void): void {
  fc.assert(
    fc.property(rounds, (round) => {
      for (const told of losersOf(explain(clear(round).record))) holds(round, told);
    }),
    { numRuns: 120 },
  );
}

function everyChange(rounds: fc.Arbitrary<AnyRound>, holds: (round: AnyRound, told: Changes) => void): void {
  everyLoser(rounds, (round, told) => {
    if (told.change.kind === 'price' || told.change.kind === 'deal') holds(round, told as Changes);
  });
}

function changed(round: AnyRound, { bid: id, change }: Told, price: number): AnyRound {
  const bids = round.bids.map((bid) => {
    if (bid.id !== id) return bid;
    const priced = { ...bid, price };
    if (change.kind !== 'deal') return priced;
    return { ...priced, deal: change.deal ?? undefined };
  });
  return { ...round, bids };
}

function wins(round: AnyRound, bidId: string): boolean {
  return answerTo(round).awards.some(({ bid }) => bid === bidId);
}

function answerTo(round: unknown): RoundAnswer {
  return JSON.parse(clear(round).answer) as RoundAnswer;
}
