import { dealOf, type Reason } from './naive-eligibility.js';
import { microsOf } from './naive-money.js';
import type { NaiveBid, NaiveDeal, NaiveLot, NaiveRound, NaiveVerdict } from './naive-round.js';
import { addressOf, inBindingOrder, isDenied, readByRules, reasonOf } from './naive-rules.js';
import { type Utility, utilityOf } from './naive-utility.js';

/** A bid on its way through the clearing. It ends with units, or with a loss. */
export interface Entry {
  readonly bid: NaiveBid;
  readonly lot: NaiveLot;
  readonly deal: NaiveDeal | undefined;
  readonly price: bigint;
  /** Undefined without a profile, and where an attribute is missing that may not be. */
  readonly utility: Utility | undefined;
  /** The attribute that the profile refuses to miss. */
  readonly missing: string | undefined;
  verdicts: NaiveVerdict[];
  units: number;
  loss: Loss | undefined;
}

export interface Loss {
  readonly reason: Reason;
  /** The verdict that binds, where a rule decided. */
  readonly verdict?: NaiveVerdict;
}

export function enter({ lots, profile }: NaiveRound, bid: NaiveBid): Entry {
  const lot = lots.find(({ id }) => id === bid.lot)!;
  const worth = profile && utilityOf(profile, bid);
  const missing = worth && 'missing' in worth ? worth.missing : undefined;
  const utility = worth && 'nanos' in worth ? worth : undefined;
  const terms = { bid, lot, deal: dealOf(lot, bid), price: microsOf(bid.price), utility, missing };
  return { ...terms, verdicts: [], units: 0, loss: undefined };
}

/** Keeps what rules said of the bid; a denial ends it. */
export function hear(entry: Entry, spoken: NaiveVerdict[]): void {
  entry.verdicts = inBindingOrder([...entry.verdicts, ...spoken]);
  const [verdict] = entry.verdicts;
  if (verdict !== undefined && isDenied(spoken)) entry.loss = { reason: reasonOf(verdict), verdict };
}

export function rulesOf({ verdicts }: Entry): string[] {
  return verdicts.map(addressOf);
}

export function stillIn(entries: Entry[]): Entry[] {
  return entries.filter(({ loss }) => loss === undefined);
}

/** The bid with the units that count for rules about awards. */
export function asAward(entry: Entry, units = entry.units) {
  return readByRules(entry.bid, units);
}

/** Utility first where there is a profile, then price, then a bid for a deal, then the smaller keyed hash. */
export function rank(entries: Entry[], tieHash: (bidId: string) => string): Entry[] {
  return entries.toSorted((a, b) => {
    if (a.utility?.nanos !== b.utility?.nanos) return a.utility!.nanos > b.utility!.nanos ? -1 : 1;
    if (a.price !== b.price) return a.price > b.price ? -1 : 1;
    if ((a.deal === undefined) !== (b.deal === undefined)) return a.deal === undefined ? 1 : -1;
    return tieHash(a.bid.id) < tieHash(b.bid.id) ? -1 : 1;
  });
}
