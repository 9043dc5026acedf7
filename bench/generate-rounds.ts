import { RoundClearer } from '../src/rounds/clear-round.js';
import { CLEARING } from './clearing.js';

/** Rounds as they are posted, and the answer owed to each. */
export interface RoundSet {
  readonly bodies: readonly Buffer[];
  readonly answers: readonly string[];
}

/** A number from 0 up to 1; the next call gives the next of the sequence. */
export type Random = () => number;

const BIDS_PER_LOT = 20;
const ADVERTISERS = [
  'alder',
  'birch',
  'cedar',
  'elm',
  'hazel',
  'larch',
  'maple',
  'rowan',
  'spruce',
  'willow',
];
const TRADES = ['bank', 'books', 'coffee', 'motors', 'phones', 'shoes', 'travel'];

/** Second-price rounds of so many bids. Several of them, so that no cache of one body can flatter a server. */
export function generateRounds(bids: number, count: number, seed: number): RoundSet {
  const random = sequenceFrom(seed);
  const clearer = new RoundClearer(CLEARING);
  const bodies = Array.from({ length: count }, (_, index) =>
    Buffer.from(JSON.stringify(round(`r${bids}-${index}`, bids, random))),
  );
  return { bodies, answers: bodies.map((body) => answerTo(body, clearer)) };
}

function answerTo(body: Buffer, clearer: RoundClearer): string {
  const clearing = clearer.clear(body, { fallbackId: '', atMs: 0, waitedMs: 0 });
  if ('refusal' in clearing)
    throw new Error(`a generated round was refused: ${JSON.stringify(clearing.refusal)}`);
  return clearing.cleared.answer;
}

function round(id: string, bids: number, random: Random) {
  const lots = Array.from({ length: Math.ceil(bids / BIDS_PER_LOT) }, (_, index) => {
    const floor = decimal(0.4 + 0.8 * random());
    return { id: `lot-${index + 1}`, floor, reserve: decimal(floor * 1.1) };
  });
  return {
    id,
    format: 'second-price',
    currency: 'USD',
    lots,
    bids: Array.from({ length: bids }, (_, index) => bid(index, lots[index % lots.length]!, random)),
  };
}

/** Prices crowd near the floor, and some stand under it, as they do in practice. */
function bid(index: number, lot: { readonly id: string; readonly floor: number }, random: Random) {
  const advertiser = pick(ADVERTISERS, random);
  return {
    id: `b${String(index + 1).padStart(3, '0')}`,
    seat: `seat-${Math.floor(10 + 30 * random())}`,
    lot: lot.id,
    price: decimal(lot.floor * (0.97 + 4 * random() ** 3)),
    attributes: {
      viewability: decimal(random()),
      completion: decimal(random()),
      clicks: decimal(random() / 20),
      dwell: decimal(random()),
      recency: Math.floor(1 + 9 * random()),
    },
    categories: [`IAB${Math.floor(1 + 25 * random())}-${Math.floor(1 + 9 * random())}`],
    domains: [`${advertiser}-${pick(TRADES, random)}.example`],
  };
}

export function pick(names: readonly string[], random: Random): string {
  return names[Math.floor(random() * names.length)]!;
}

export function decimal(amount: number): number {
  return Math.round(amount * 1000) / 1000;
}

/** Marsaglia's xorshift over 32 bits; the seed must not be 0. */
export function sequenceFrom(seed: number): Random {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
