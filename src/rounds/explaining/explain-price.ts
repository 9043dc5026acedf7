import type { ClearedLot } from '../../auction/clear-lots.js';
import { bindingFloorOf } from '../../auction/floors.js';
import type { Award, Bid, Lot } from '../../auction/model.js';
import type { Pricing } from '../../schema/explanation.js';
import type { FormatName } from '../../schema/round.js';
import { tiePriceUnder } from '../decide-round.js';
import type { Round } from '../round.js';
import { amountOf, millionthsOf, offerOf } from './amounts.js';

/** An award, and what its price was taken from. */
interface Sold {
  readonly award: Award;
  readonly cleared: ClearedLot;
  readonly round: Round;
  readonly format: FormatName;
  /** Where the award stands in the ranking of its lot. */
  readonly place: number;
  readonly floorMicros: number;
}

/** Where a clearing price comes from: the numbers of which auction/formats/ made it. */
export function explainPrice(award: Award, cleared: ClearedLot, round: Round): Pricing {
  const { bid } = award;
  const format = bid.deal?.format ?? round.format;
  const floorMicros = bindingFloorOf(bid, cleared.lot);
  const sold = { award, cleared, round, format, place: cleared.ranked.indexOf(bid), floorMicros };
  const floor = { floor: amountOf(floorMicros), floorOf: floorKind(bid, cleared.lot) };
  return { format, ...floor, ...BY_FORMAT[format](sold) };
}

type Basis = Pick<Pricing, 'basis'> & Partial<Pricing>;

const BY_FORMAT: Readonly<Record<FormatName, (sold: Sold) => Basis>> = {
  'first-price': () => ({ basis: 'own-bid' }),
  'second-price': byNextBid,
  'fixed-price': () => ({ basis: 'floor' }),
  'uniform-price': byHighestLoser,
  gsp: byNextBid,
  vcg: byHarm,
};

function floorKind({ deal, floorMicros }: Bid, { reserveMicros }: Lot): Pricing['floorOf'] {
  if (reserveMicros > floorMicros) return 'reserve';
  return deal === undefined ? 'lot' : 'deal';
}

function byNextBid({ award: { bid }, cleared, round, place, floorMicros }: Sold): Basis {
  const next = cleared.ranked[place + 1];
  if (next === undefined) return { basis: 'floor' };
  const tieMicros = tiePriceUnder(round.ruling)(bid, next) ?? 0;
  // A price solved from utilities is the smallest that suffices; nothing is added to it.
  const incrementMicros = round.ruling.scorer === undefined ? round.incrementMicros : 0;
  const wantedMicros = tieMicros + incrementMicros;
  const rival = { rival: offerOf(next), tie: amountOf(tieMicros), increment: amountOf(incrementMicros) };
  if (Math.max(wantedMicros, floorMicros) > bid.priceMicros) return { basis: 'own-bid', ...rival };
  return { basis: wantedMicros < floorMicros ? 'floor' : 'runner-up', ...rival };
}

function byHighestLoser({ cleared, floorMicros }: Sold): Basis {
  const loser = cleared.ranked[awardedOn(cleared)];
  if (loser === undefined) return { basis: 'floor' };
  return { basis: loser.priceMicros < floorMicros ? 'floor' : 'highest-loser', rival: offerOf(loser) };
}

/** The bids that won stand first in the ranking. */
function awardedOn({ endings }: ClearedLot): number {
  return endings.filter((ending) => 'priceMicros' in ending).length;
}

function byHarm({ cleared: { lot, ranked }, place, floorMicros }: Sold): Basis {
  const { slotWeights } = lot;
  const harm = slotWeights.slice(place).map((weight, index) => {
    const slot = place + index;
    const next = ranked[slot + 1];
    const isBid = next !== undefined && next.priceMicros > floorMicros;
    return {
      slot: slot + 1,
      weight: millionthsOf(weight - (slotWeights[slot + 1] ?? 0)),
      price: amountOf(isBid ? next.priceMicros : floorMicros),
      ...(isBid ? { bid: next.id } : {}),
    };
  });
  return { basis: 'harm', harm, ownWeight: millionthsOf(slotWeights[place]!) };
}
