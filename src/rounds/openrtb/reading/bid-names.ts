import { compareText } from '../../../auction/ranking.js';
import type { SentBid } from './sent-bids.js';

const PLAIN = /^[A-Za-z0-9_.-]*$/;

/**
 * A name for each bid that is its own in the whole auction: seat and bid id, as in `alder b1`. Where two responses share
 * both, a number follows, given in the order of their text: the order in which responses arrived names nobody.
 */
export function nameBids(bids: readonly SentBid[]): ReadonlyMap<string, SentBid> {
  const shared = new Map<string, SentBid[]>();
  for (const bid of bids) {
    const name = nameOf(bid);
    shared.set(name, [...(shared.get(name) ?? []), bid]);
  }
  const named = new Map<string, SentBid>();
  for (const [name, namesakes] of shared) {
    if (namesakes.length === 1) named.set(name, namesakes[0]!);
    else
      for (const [index, bid] of inOrderOfText(namesakes).entries()) named.set(`${name} ${index + 1}`, bid);
  }
  return named;
}

/** Encoded, so that a space separates seat and id and nothing else. */
function nameOf({ seat = '', bid }: SentBid): string {
  return `${encoded(seat)} ${encoded(bid.id)}`;
}

/** Most ids are what their encoding is, and looking costs less than encoding. */
function encoded(text: string): string {
  return PLAIN.test(text) ? text : encodeURIComponent(text);
}

function inOrderOfText(bids: readonly SentBid[]): readonly SentBid[] {
  const texts = new Map(bids.map((sent) => [sent, textOf(sent)]));
  return bids.toSorted((a, b) => compareText(texts.get(a)!, texts.get(b)!) || a.response - b.response);
}

/**
 * What ties are hashed by: all that was sent, and nothing about the others. A name would not do, because a namesake that
 * may not even compete could change it.
 */
export function textOf({ seat, responseBidId, currency, bid }: SentBid): string {
  return JSON.stringify([seat, responseBidId, currency, bid]);
}
