import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeAnswer } from '../../src/rounds/telling/write-answer.js';
import type { DecisionRecord } from '../../src/schema/record.js';
import { keyedTieHash } from '../auction/naive-clearing.js';
import type { NaiveAnswer, NaiveBid, NaiveRound } from '../auction/naive-round.js';
import { microsOf } from '../auction/naive-money.js';
import { canonicalJson } from '../trail/canonical-json.js';
import { CLEARED_AT_MS, clear, TIE_KEY } from './clearing.js';
import { generatedRound } from './generated-rounds.js';
import { decideAgainAlone } from './replay/deciding-again.js';

describe('the record of a round', () => {
  test('is canonical JSON, dated', () => {
    everyRecord((_round, text, { at }) => {
      expect(at).toBe(CLEARED_AT_MS);
      expect(text).toBe(canonicalJson(JSON.parse(text)));
    });
  });

  test('suffices to decide the round again, to the same bytes of answer and record', () => {
    everyRecord((original, text, record) => {
      const again = decideAgainAlone(record);
      expect(again.text).toBe(text);
      expect(writeAnswer(record.id, again.round, again.decision)).toBe(clear(original).answer);
    });
  });

  test('holds the tie hashes of exactly the bids that tied for a place that wins', () => {
    everyRecord((round, _text, { ties = {} }) => {
      expect(Object.entries(ties).sort()).toEqual(hashesOfTied(round).sort());
    });
  });

  test('holds nothing that decided nothing', () => {
    everyRecord((round, text) => {
      expect(clear(withPassengers(round)).record).toBe(text);
    });
  });
});

function everyRecord(holds: (round: NaiveRound, text: string, record: DecisionRecord) => void): void {
  fc.assert(
    fc.property(generatedRound, fc.boolean(), (generated, explain) => {
      const round = { ...generated, explain };
      const { record } = clear(round);
      holds(round, record, JSON.parse(record) as DecisionRecord);
    }),
    { numRuns: 300 },
  );
}

/** Bids tie when they compete on one lot, at one price, both or neither for a deal, and one of them could win. */
function hashesOfTied(round: NaiveRound): [string, string][] {
  const { awards, losses } = JSON.parse(clear(round).answer) as NaiveAnswer;
  const outbid = losses.filter(({ code }) => code === 102 || code === 103);
  const competing = new Set([...awards, ...outbid].map(({ bid }) => bid));
  const bids = round.bids.filter(({ id }) => competing.has(id));
  const tied = bids.filter((bid) => {
    const rivals = bids.filter((rival) => rival !== bid && rival.lot === bid.lot);
    const better = rivals.filter((rival) => compareStanding(rival, bid) > 0).length;
    return better < placesOf(round, bid.lot) && rivals.some((rival) => compareStanding(rival, bid) === 0);
  });
  const hash = keyedTieHash(TIE_KEY, round.id);
  return tied.map(({ id }) => [id, hash(id)]);
}

/** At most so many bids can win on a lot. */
function placesOf(round: NaiveRound, id: string): number {
  const { quantity = 1, slots = [1] } = round.lots.find((lot) => lot.id === id)!;
  return Math.max(quantity, slots.length);
}

function compareStanding(a: NaiveBid, b: NaiveBid): number {
  const byPrice = microsOf(a.price) - microsOf(b.price);
  return Number(byPrice) || Number(a.deal !== undefined) - Number(b.deal !== undefined);
}

/** The same round with everything a caller may send along that no decision looks at. */
function withPassengers(round: NaiveRound): unknown {
  const stranger = { user: { mail: 'someone@shop.example' } };
  const lots = round.lots.map((lot) => {
    const deals = lot.deals?.map((deal) => ({ ...deal, ...stranger }));
    return deals === undefined ? { ...lot, ...stranger } : { ...lot, deals, ...stranger };
  });
  const bids = round.bids.map((bid) => ({
    ...bid,
    ...stranger,
    ...(asksForDomains(round, bid) ? {} : { domains: ['other.example'] }),
    seller: 'orchard',
    attributes: { viewability: 0.7 },
    categories: ['IAB1'],
  }));
  return { ...round, ...stranger, tmax: 1000, policies: [], lots, bids };
}

function asksForDomains({ lots }: NaiveRound, { lot, deal }: NaiveBid): boolean {
  const deals = lots.find(({ id }) => id === lot)?.deals ?? [];
  return deals.find(({ id }) => id === deal)?.domains !== undefined;
}
