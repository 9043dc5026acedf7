import type { Entry } from './naive-entry.js';
import { asAward, hear } from './naive-entry.js';
import { microsOf } from './naive-money.js';
import type { NaiveLot, NaiveRound } from './naive-round.js';
import { type House, judge } from './naive-rules.js';

/** A lot when everything is decided: its winners and those they outbid, each best first. */
export interface Sale {
  readonly round: NaiveRound;
  readonly lot: NaiveLot;
  readonly winners: Entry[];
  readonly rivals: Entry[];
  readonly soldOut: boolean;
}

/** Goes through the bids of all lots from the best down; what a rule denies stays free for the next. */
export function awardInTurn(house: House, round: NaiveRound, ranked: Entry[]): void {
  const taken: Entry[] = [];
  for (const entry of ranked) {
    const left = placesOf(round, entry.lot) - unitsSold(taken, entry.lot);
    const units = Math.min(wanted(round, entry), left > 0 ? left : placesOf(round, entry.lot));
    const beside = left > 0 ? taken : taken.filter(({ lot }) => lot !== entry.lot);
    const spoken = judge(
      house,
      'among-awards',
      asAward(entry, units),
      beside.map((award) => asAward(award)),
    );
    hear(entry, spoken);
    if (entry.loss === undefined && left > 0) {
      entry.units = units;
      taken.push(entry);
    }
  }
}

/** Of all bids that no rule and no reason of the auction kept from competing, best first. */
export function saleOf(round: NaiveRound, lot: NaiveLot, ranked: Entry[]): Sale {
  const competing = ranked.filter((entry) => entry.lot === lot);
  const winners = competing.filter(({ units }) => units > 0);
  const rivals = competing.filter(({ units, loss }) => units === 0 && loss === undefined);
  return { round, lot, winners, rivals, soldOut: unitsSold(winners, lot) === placesOf(round, lot) };
}

export function sellsSlots({ format }: NaiveRound): boolean {
  return format === 'gsp' || format === 'vcg';
}

/** The weights of the slots, in millionths. */
export function slotWeights({ slots = [1] }: NaiveLot): bigint[] {
  return slots.map(microsOf);
}

function placesOf(round: NaiveRound, lot: NaiveLot): number {
  return sellsSlots(round) ? slotWeights(lot).length : (lot.quantity ?? 1);
}

function wanted(round: NaiveRound, { bid }: Entry): number {
  return sellsSlots(round) ? 1 : (bid.quantity ?? 1);
}

function unitsSold(awards: Entry[], lot: NaiveLot): number {
  return awards.filter((award) => award.lot === lot).reduce((sum, { units }) => sum + units, 0);
}
