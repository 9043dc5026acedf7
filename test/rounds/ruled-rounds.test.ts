import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainRoundReader, roundReader } from '../../src/rounds/reading/read-round.js';
import { RuleBook, type RuleRequest } from '../../src/rounds/rules/rule-book.js';
import { writeAnswer } from '../../src/rounds/telling/write-answer.js';
import type { RoundAnswer } from '../../src/schema/answer.js';
import type { DecisionRecord } from '../../src/schema/record.js';
import { DEFAULT_ROUND_LIMITS } from '../../src/schema/limits.js';
import { canonicalJson } from '../support/canonical-json.js';
import { clear } from './clearing.js';
import { decideAgainAlone } from './replay/deciding-again.js';
import { type RuledRound, ruledRound } from './ruled-rounds.js';

const RUNS = { numRuns: 600 };

describe('a round under policies and a profile', () => {
  test('leaves a canonical record that suffices to decide it again, to the same bytes', () => {
    fc.assert(
      fc.property(ruledRound, (round) => {
        const { answer, record } = clear(round);
        expect(record).toBe(canonicalJson(JSON.parse(record)));
        const again = decideAgainAlone(JSON.parse(record) as DecisionRecord);
        expect(writeAnswer(again.id, again.round, again.decision)).toBe(answer);
        expect(again.text).toBe(record);
      }),
      RUNS,
    );
  });

  test('ends every bid exactly once', () => {
    fc.assert(
      fc.property(ruledRound, (round) => {
        const { awards, losses } = answerTo(round);
        const ended = [...awards, ...losses].map(({ bid }) => bid);
        expect(ended.toSorted()).toEqual(round.bids.map(({ id }) => id).toSorted());
      }),
      RUNS,
    );
  });

  test('does not depend on the order of bids, lots, policies or rules', () => {
    fc.assert(
      fc.property(ruledRound, (round) => {
        const mirrored = {
          ...round,
          lots: round.lots.toReversed(),
          bids: round.bids.toReversed(),
          policies: round.policies.toReversed(),
        };
        expect(endingsOf(mirrored)).toEqual(endingsOf(round));
        const rules = round.policies.flatMap((policy) => policy.rules);
        const [one, other] = [rules, rules.toReversed()].map((own) => ({
          ...round,
          policies: [{ rules: own }],
        }));
        // Rules in another order are another document: only the name of the policy may differ.
        expect(namelessEndings(other!)).toEqual(namelessEndings(one!));
      }),
      RUNS,
    );
  });

  test('ends the others alike without a bid that a rule stopped before it could compete', () => {
    fc.assert(
      fc.property(ruledRound, (round) => {
        const stopped = answerTo(round).losses.find(({ code }) => code >= 510 && code <= 522);
        // A condition on the number of bids sees that one is gone.
        fc.pre(stopped !== undefined && !JSON.stringify(round.policies).includes('round.bids'));
        const without = { ...round, bids: round.bids.filter(({ id }) => id !== stopped.bid) };
        expect(endingsOf(without)).toEqual(endingsOf(round).filter((ending) => ending.bid !== stopped.bid));
      }),
      RUNS,
    );
  });

  test('is read alike by both readers', () => {
    const ruleBook = new RuleBook();
    const findRuling = (request: RuleRequest) => ruleBook.rulingFor(request);
    const scanning = roundReader(DEFAULT_ROUND_LIMITS, findRuling);
    const plain = plainRoundReader(DEFAULT_ROUND_LIMITS, findRuling);
    fc.assert(
      fc.property(ruledRound, (round) => {
        const bytes = Buffer.from(JSON.stringify(round));
        expect(scanning(bytes)).toEqual(plain(bytes));
      }),
      RUNS,
    );
  });

  test('meets everything that policies and profiles can do', () => {
    const seen = new Set<string>();
    for (const round of fc.sample(ruledRound, { numRuns: 1500, seed: 7 })) {
      const { outcome, awards, losses } = answerTo(round);
      seen.add(outcome);
      for (const { reason } of losses) seen.add(reason);
      if (awards.some(({ utility }) => utility !== undefined)) seen.add('utility');
    }
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...['escalated', 'cleared', 'no-award', 'utility', 'UTILITY_ATTRIBUTE_MISSING', 'SEAT_ON_BLOCK_LIST'],
        ...[
          'TOO_MANY_BIDS_OF_SEAT',
          'TOO_MANY_AWARDS_OF_SEAT',
          'SEPARATION_REQUIRED',
          'ROUND_BUDGET_EXCEEDED',
        ],
        ...['RULE_NOT_FULFILLED', 'ATTRIBUTE_OUT_OF_RANGE', 'MARGIN_TOO_SMALL', 'OUTBID', 'BELOW_FLOOR'],
      ]),
    );
  });
});

function answerTo(round: unknown): RoundAnswer {
  return JSON.parse(clear(round).answer) as RoundAnswer;
}

function endingsOf(round: RuledRound) {
  const { awards, losses } = answerTo(round);
  return [...awards, ...losses];
}

function namelessEndings(round: RuledRound): unknown {
  return JSON.parse(JSON.stringify(endingsOf(round)).replaceAll(/inline-[0-9a-f]{16}/g, 'inline'));
}
