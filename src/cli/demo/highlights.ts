import { FORMAT_NAMES } from '../../schema/round.js';
import type { DecidedRound } from './clearing.js';

/** One round of each format, chosen so that together they show as many different events as they can. */
export function oneOfEachFormat(rounds: readonly DecidedRound[]): readonly DecidedRound[] {
  const seen = new Set<string>();
  return FORMAT_NAMES.flatMap((format) => {
    const candidates = rounds.filter((round) => round.request.format === format && showsItsFormat(round));
    const chosen = mostEventful(candidates, seen);
    if (chosen === undefined) return [];
    for (const event of eventsOf(chosen)) seen.add(event);
    return [chosen];
  });
}

/** A round explains its format when something was sold, and not at the price rule of a deal. */
function showsItsFormat({ request, answer }: DecidedRound): boolean {
  const deals = request.lots.flatMap((lot) => lot.deals ?? []);
  const winners = request.bids.filter(({ id }) => answer.awards.some(({ bid }) => bid === id));
  const usedDeals = winners.map(({ deal }) => deals.find(({ id }) => id === deal));
  return winners.length > 0 && usedDeals.every((deal) => deal?.format === undefined);
}

/** The round with the most events nobody has seen yet, then with the most events; the earliest of them. */
function mostEventful(rounds: readonly DecidedRound[], seen: ReadonlySet<string>): DecidedRound | undefined {
  const worth = (round: DecidedRound): number => {
    const events = [...eventsOf(round)];
    return 100 * events.filter((event) => !seen.has(event)).length + events.length;
  };
  return rounds.toSorted((a, b) => worth(b) - worth(a))[0];
}

/** What is sold, why bids lost, and whether there was a tie, an award for a deal, an award that was filled partly. */
function eventsOf({ title, request, answer }: DecidedRound): Set<string> {
  const events = new Set([title, ...answer.losses.map(({ reason }) => reason)]);
  const prices = request.bids.map(({ price }) => price);
  if (new Set(prices).size < prices.length) events.add('tie');
  for (const { bid: id, quantity } of answer.awards) {
    const bid = request.bids.find((candidate) => candidate.id === id);
    if (bid?.deal !== undefined) events.add('award for a deal');
    if (quantity < (bid?.quantity ?? 1)) events.add('award filled partly');
  }
  return events;
}
