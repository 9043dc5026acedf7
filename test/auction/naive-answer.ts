import { publishedFloor } from './naive-eligibility.js';
import { type Entry, type Loss, rulesOf } from './naive-entry.js';
import { decimalOf } from './naive-money.js';
import { clearingPrice, minimumOfLoser, minimumOfWinner } from './naive-prices.js';
import type { NaiveAward, NaiveLoss, NaiveTerm } from './naive-round.js';
import { addressOf } from './naive-rules.js';
import { type Sale, sellsSlots } from './naive-sale.js';
import type { Term } from './naive-utility.js';

export function awardOf(sale: Sale, winner: Entry): NaiveAward {
  const { id, lot, seat } = winner.bid;
  const price = decimalOf(clearingPrice(sale, winner));
  return {
    ...{ lot, bid: id, seat, price, quantity: winner.units },
    ...(sellsSlots(sale.round) && { slot: sale.winners.indexOf(winner) + 1 }),
    ...(winner.utility && { utility: nanosToDecimal(winner.utility.nanos) }),
    minimumToWin: decimalOf(minimumOfWinner(sale, winner)),
    ...(winner.verdicts.length > 0 && { provisional: true, rules: rulesOf(winner) }),
    ...(sale.round.explain === true && explanation(winner)),
  };
}

export function lossOf(sale: Sale, entry: Entry): NaiveLoss {
  const loss = entry.loss ?? outbidOn(sale);
  const [code, reason] = loss.reason;
  const minimum = code >= 100 && code <= 103 ? minimumOfLoser(sale, entry) : undefined;
  return {
    ...{ bid: entry.bid.id, seat: entry.bid.seat, lot: entry.bid.lot, code, reason },
    ...(loss.verdict && { rule: addressOf(loss.verdict) }),
    ...(minimum !== undefined && { minimumToWin: decimalOf(minimum) }),
    ...(sale.round.explain === true && {
      detail: detailOf(entry, loss, minimum),
      ...(entry.utility && { utility: nanosToDecimal(entry.utility.nanos) }),
      ...explanation(entry),
    }),
  };
}

function outbidOn({ winners }: Sale): Loss {
  return { reason: winners.at(-1)!.deal === undefined ? [102, 'OUTBID'] : [103, 'OUTBID_BY_DEAL'] };
}

/** Which field decided, what the bid said, and what it had to reach where that is no secret. */
function detailOf(entry: Entry, { reason: [code], verdict }: Loss, minimum: bigint | undefined) {
  const { bid, lot } = entry;
  if (verdict !== undefined) return { field: verdict.field, value: verdict.value, limit: verdict.limit };
  switch (code) {
    case 100:
    case 101:
      return { field: 'price', value: priceSaid(entry), limit: decimalOf(publishedFloor(lot, bid)) };
    case 102:
    case 103: {
      const price = { field: 'price', value: priceSaid(entry) };
      return minimum === undefined ? price : { ...price, limit: decimalOf(minimum) };
    }
    case 500:
      return { field: 'price', value: priceSaid(entry) };
    case 104:
      return { field: 'seat', value: bid.seat };
    case 213:
      return { field: 'domains', value: (bid.domains ?? []).toSorted() };
    case 501:
      return { field: 'deal' };
    case 530:
      return { field: `attributes.${entry.missing!}` };
    default:
      return { field: 'deal', value: bid.deal };
  }
}

function priceSaid({ price }: Entry): number {
  return decimalOf(price);
}

/** Verdicts are told where they mattered: to bids that a rule stopped, and to awards that have to be approved. */
function explanation({ verdicts, loss, units, utility }: Entry) {
  const mattered = verdicts.length > 0 && (loss?.verdict !== undefined || units > 0);
  return { ...(mattered && { verdicts }), ...(utility && { terms: utility.terms.map(writeTerm) }) };
}

function writeTerm({ name, rawMicros, weightNanos, contributionNanos }: Term): NaiveTerm {
  return {
    term: name,
    ...(rawMicros !== undefined && { raw: nanosToDecimal(rawMicros * 1000n) }),
    value: nanosToDecimal(unweighed(contributionNanos, weightNanos)),
    weight: nanosToDecimal(weightNanos),
    contribution: nanosToDecimal(contributionNanos),
  };
}

/** The contribution divided by the weight, to the nearest nano; no weight leaves nothing to divide. */
function unweighed(contributionNanos: bigint, weightNanos: bigint): bigint {
  if (weightNanos === 0n) return 0n;
  const [over, under] = [contributionNanos * 2_000_000_000n, weightNanos * 2n];
  return (over + weightNanos) / under;
}

function nanosToDecimal(nanos: bigint): number {
  const size = nanos < 0n ? -nanos : nanos;
  const magnitude = Number(`${size / 1_000_000_000n}.${String(size % 1_000_000_000n).padStart(9, '0')}`);
  return nanos < 0n ? -magnitude : magnitude;
}

export function byLotThenBid(a: { lot: string; bid: string }, b: { lot: string; bid: string }): number {
  if (a.lot !== b.lot) return a.lot < b.lot ? -1 : 1;
  return a.bid < b.bid ? -1 : 1;
}

export function outcomeOf(awards: NaiveAward[]): string {
  if (awards.some(({ provisional }) => provisional)) return 'escalated';
  return awards.length > 0 ? 'cleared' : 'no-award';
}
