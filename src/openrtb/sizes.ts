import type { BannerOffer, VideoOffer } from '../schema/openrtb/bid-request.js';
import type { WireBid } from '../schema/openrtb/bid-response.js';

/** What a bid says of its size. */
type SizeOfBid = Pick<WireBid, 'w' | 'h' | 'wratio' | 'hratio'>;
type FitsSize = (bid: SizeOfBid) => boolean;

/** A size that a banner takes. */
type Format = { readonly [Side in 'w' | 'h' | 'wratio' | 'hratio' | 'wmin']?: number | null | undefined };

/** Zero is what serializers write for a size nobody knows. */
export function saysSize({ w, h, wratio, hratio }: SizeOfBid): boolean {
  return isKnown(w) || isKnown(h) || (isKnown(wratio) && isKnown(hratio));
}

/** One of the formats, or the exact size of the banner; a banner without any takes every size. */
export function bannerSizes({ format, w, h }: BannerOffer): FitsSize {
  const offered = [...(format ?? []), { w, h }].flatMap((row) => formatTest(row) ?? []);
  if (offered.length === 0) return () => true;
  return (bid) => !saysSize(bid) || offered.some((fits) => fits(bid));
}

/** A player scales what is smaller; what is larger was made for another one. */
export function playerSizes({ w, h }: VideoOffer): FitsSize {
  return (bid) => isAtMost(bid.w, w) && isAtMost(bid.h, h);
}

function formatTest({ w, h, wratio, hratio, wmin }: Format): FitsSize | undefined {
  if (isKnown(wratio) && isKnown(hratio)) return ratioTest(wratio, hratio, wmin ?? 0);
  if (!isKnown(w) && !isKnown(h)) return undefined;
  return (bid) => (isKnown(bid.w) || isKnown(bid.h)) && isEqual(bid.w, w) && isEqual(bid.h, h);
}

/** A flexible banner takes every size of its ratio from its smallest width on. */
function ratioTest(wratio: number, hratio: number, wmin: number): FitsSize {
  return (bid) => {
    const { w, h } = bid;
    if (isKnown(bid.wratio) && isKnown(bid.hratio) && bid.wratio * hratio !== bid.hratio * wratio)
      return false;
    if (isKnown(w) && w < wmin) return false;
    return !isKnown(w) || !isKnown(h) || w * hratio === h * wratio;
  };
}

function isKnown(length: number | null | undefined): length is number {
  return (length ?? 0) > 0;
}

/** A side that one of the two does not say decides nothing. */
function isEqual(said: number | null | undefined, offered: number | null | undefined): boolean {
  return !isKnown(said) || !isKnown(offered) || said === offered;
}

function isAtMost(said: number | null | undefined, offered: number | null | undefined): boolean {
  return !isKnown(said) || !isKnown(offered) || said <= offered;
}
