import type { BannerOffer, VideoOffer } from '../schema/openrtb/bid-request.js';
import type { WireBid } from '../schema/openrtb/bid-response.js';

/** What a bid says of its size. */
type SizeOfBid = Pick<WireBid, 'w' | 'h' | 'wratio' | 'hratio'>;
type FitsSize = (bid: SizeOfBid) => boolean;

/** A size that a banner takes. */
type Format = { readonly [Side in 'w' | 'h' | 'wratio' | 'hratio' | 'wmin']?: number | null | undefined };

/** Zero is what serializers write for a size nobody knows. */
export function saysSize({ w, h, wratio, hratio }: SizeOfBid): boolean {
  return isSaid(w) || isSaid(h) || (isSaid(wratio) && isSaid(hratio));
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
  if (isSaid(wratio) && isSaid(hratio)) return ratioTest(wratio, hratio, wmin ?? 0);
  if (!isSaid(w) && !isSaid(h)) return undefined;
  return (bid) => (isSaid(bid.w) || isSaid(bid.h)) && isEqual(bid.w, w) && isEqual(bid.h, h);
}

/** A flexible banner takes every size of its ratio from its smallest width on. */
function ratioTest(wratio: number, hratio: number, wmin: number): FitsSize {
  return (bid) => {
    if (isSaid(bid.w) && isSaid(bid.h)) return bid.w * hratio === bid.h * wratio && bid.w >= wmin;
    if (!isSaid(bid.wratio) || !isSaid(bid.hratio)) return false;
    return bid.wratio * hratio === bid.hratio * wratio;
  };
}

function isSaid(length: number | null | undefined): length is number {
  return (length ?? 0) > 0;
}

/** A side that one of the two does not say decides nothing. */
function isEqual(said: number | null | undefined, offered: number | null | undefined): boolean {
  return !isSaid(said) || !isSaid(offered) || said === offered;
}

function isAtMost(said: number | null | undefined, offered: number | null | undefined): boolean {
  return !isSaid(said) || !isSaid(offered) || said <= offered;
}
