import { expect, test } from 'vitest';
import type { LossReason } from '../../src/base/loss-reasons.js';
import { RoundClearer } from '../../src/rounds/clear-round.js';
import type { RoundAnswer } from '../../src/schema/answer.js';
import { DEFAULT_ROUND_LIMITS } from '../../src/schema/limits.js';
import { FORMAT_NAMES } from '../../src/schema/round.js';
import { type MarketRound, marketRounds } from '../../src/sim/market.js';
import { SEATS } from '../../src/sim/seats.js';

const ROUNDS = 1500;

/** Every way to lose that needs no policy. */
const REASONS: readonly LossReason[] = [
  'INVALID_DEAL',
  'BELOW_FLOOR',
  'BELOW_DEAL_FLOOR',
  'OUTBID',
  'OUTBID_BY_DEAL',
  'SEAT_BLOCKED',
  'NOT_ALLOWED_IN_DEAL',
  'RESERVE_NOT_MET',
  'PRIVATE_AUCTION',
];

const clearer = new RoundClearer({
  limits: DEFAULT_ROUND_LIMITS,
  tieKey: new Uint8Array(32),
  retention: 'off',
});

test('the same seed gives the same rounds, another seed gives others', () => {
  expect(take(1, 50)).toEqual(take(1, 50));
  expect(take(1, 50)).not.toEqual(take(2, 50));
});

test('the engine takes every round, and the rounds show all it can decide', () => {
  const rounds = take(5, ROUNDS);
  const answers = rounds.map(answerTo);
  const reasons = answers.flatMap(({ losses }) => losses.map(({ reason }) => reason));
  expect(new Set(rounds.map(({ request }) => request.format))).toEqual(new Set(FORMAT_NAMES));
  expect(new Set(reasons)).toEqual(new Set<string>(REASONS));
  expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['cleared', 'no-award']));
});

test('every seat bids, and every strategy wins something', () => {
  const rounds = take(6, ROUNDS);
  const winners = rounds.flatMap((round) => answerTo(round).awards.map(({ seat }) => seat));
  expect(new Set(winners)).toEqual(new Set(SEATS.map(({ name }) => name)));
});

test('bids tie, open ones as well as one for a deal with an open one', () => {
  const tied = take(7, ROUNDS).flatMap(({ request: { bids } }) =>
    bids.filter((bid) => bids.some((other) => other.id !== bid.id && other.price === bid.price)),
  );
  expect(tied.some(({ deal }) => deal === undefined)).toBe(true);
  expect(tied.some(({ deal }) => deal !== undefined)).toBe(true);
});

function take(seed: number, length: number): readonly MarketRound[] {
  const market = marketRounds(seed);
  return Array.from({ length }, () => market.next().value);
}

function answerTo({ request }: MarketRound): RoundAnswer {
  const clearing = clearer.clear(Buffer.from(JSON.stringify(request)), {
    fallbackId: 'unused',
    atMs: 0,
    waitedMs: 0,
  });
  if ('refusal' in clearing) throw new Error(`${request.id ?? ''}: ${clearing.refusal.message}`);
  return JSON.parse(clearing.cleared.answer) as RoundAnswer;
}
