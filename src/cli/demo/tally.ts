import type { LossReason } from '../../base/loss-reasons.js';
import { toMicros } from '../../base/money.js';
import type { LotRequest } from '../../schema/round.js';
import type { Award, DecidedRound } from './clearing.js';

export interface Tally {
  readonly rounds: number;
  readonly roundsWithoutAward: number;
  readonly bids: number;
  readonly awards: number;
  readonly bySeat: ReadonlyMap<string, SeatTotals>;
  readonly byReason: ReadonlyMap<LossReason, number>;
}

export interface SeatTotals {
  bids: number;
  awards: number;
  spentMicros: number;
}

/** Counts what became of every bid. */
export function tally(rounds: readonly DecidedRound[]): Tally {
  const bySeat = new Map<string, SeatTotals>();
  const byReason = new Map<LossReason, number>();
  for (const { request, answer } of rounds) {
    for (const { seat } of request.bids) totalsOf(bySeat, seat).bids++;
    for (const award of answer.awards) addAward(totalsOf(bySeat, award.seat), award, request.lots);
    for (const { reason } of answer.losses) addLoss(byReason, reason);
  }
  return {
    rounds: rounds.length,
    roundsWithoutAward: rounds.filter(({ answer }) => answer.outcome === 'no-award').length,
    bids: sum(rounds, ({ request }) => request.bids.length),
    awards: sum(rounds, ({ answer }) => answer.awards.length),
    bySeat,
    byReason,
  };
}

function totalsOf(bySeat: Map<string, SeatTotals>, seat: string): SeatTotals {
  const known = bySeat.get(seat);
  if (known !== undefined) return known;
  const fresh = { bids: 0, awards: 0, spentMicros: 0 };
  bySeat.set(seat, fresh);
  return fresh;
}

function addAward(totals: SeatTotals, award: Award, lots: readonly LotRequest[]): void {
  totals.awards++;
  totals.spentMicros += Math.round(toMicros(award.price) * award.quantity * slotWeight(award, lots));
}

/** A price for a position is per unit of its weight. */
function slotWeight({ lot, slot }: Award, lots: readonly LotRequest[]): number {
  if (slot === undefined) return 1;
  return lots.find(({ id }) => id === lot)?.slots?.[slot - 1] ?? 1;
}

function addLoss(byReason: Map<LossReason, number>, reason: LossReason): void {
  byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
}

function sum<T>(entries: readonly T[], size: (entry: T) => number): number {
  return entries.reduce((total, entry) => total + size(entry), 0);
}
