import type { OpenRtbLossReason } from '../base/loss-reasons.js';
import type { AudioOffer, Impression } from '../schema/openrtb/bid-request.js';
import type { WireBid } from '../schema/openrtb/bid-response.js';
import type { Requirable } from '../schema/openrtb/options.js';
import { type Durations, durationsOf } from './durations.js';
import type { Ratio } from './exchange-rates.js';
import { type DurationFloor, durationFloor, floorMicros } from './floor-guidance.js';
import { bannerSizes, playerSizes, saysSize } from './sizes.js';

/** In the order of `mtype`, which counts from 1. */
export const MEDIA = ['banner', 'video', 'audio', 'native'] as const;
export type Medium = (typeof MEDIA)[number];

/** One of the kinds of creative that an impression takes. */
export interface Offer {
  readonly medium: Medium;
  readonly fitsSize: (bid: WireBid) => boolean;
  /** Undefined where creatives have no duration. */
  readonly durations: Durations | undefined;
  readonly blockedAttributes: ReadonlySet<number>;
  /** Undefined where the floor of the impression holds. */
  readonly floor: DurationFloor | undefined;
}

/** Why a bid does not fit, and the member that says so. */
export interface Misfit {
  readonly reason: OpenRtbLossReason | 'SEAT_BLOCKED';
  readonly field: string;
}

export type MediaFit = { readonly offers: readonly Offer[] } | Misfit;

/** What an impression offers, side by side. Floors come in the currency of the impression, to be multiplied by `ratio`. */
export function offersOf(
  { banner, video, audio, native, bidfloor }: Impression,
  ratio: Ratio,
): readonly Offer[] {
  const timed = timedOffers(floorMicros(bidfloor, ratio), ratio);
  const offers: Offer[] = [];
  if (banner) offers.push({ ...untimed('banner', banner.battr), fitsSize: bannerSizes(banner) });
  if (video) offers.push({ ...timed('video', video), fitsSize: playerSizes(video) });
  if (audio) offers.push(timed('audio', audio));
  if (native) offers.push(untimed('native', native.battr));
  return offers;
}

/**
 * The offers that a bid fits: of the medium it names, else any. One offer has to fit in everything; the reason is what leaves
 * none. An impression that offers nothing asks for nothing.
 */
export function fitMedia(
  offers: readonly Offer[],
  bid: WireBid,
  required: ReadonlySet<Requirable>,
): MediaFit {
  const mtype = bid.mtype ?? undefined;
  if (mtype === undefined && required.has('mtype')) return AD_TYPE_MISFIT;
  if (offers.length === 0) return { offers };
  const named = mtype === undefined ? offers : offers.filter(({ medium }) => medium === MEDIA[mtype - 1]);
  if (named.length === 0) return AD_TYPE_MISFIT;
  let fitting = named;
  for (const { misfit, fits } of FILTERS) {
    fitting = fitting.filter((offer) => fits(offer, bid, required));
    if (fitting.length === 0) return misfit;
  }
  return { offers: fitting };
}

const AD_TYPE_MISFIT: Misfit = { reason: 'AD_TYPE_NOT_ALLOWED', field: 'mtype' };

interface Filter {
  /** What a bid loses with when no offer is left. */
  readonly misfit: Misfit;
  readonly fits: (offer: Offer, bid: WireBid, required: ReadonlySet<Requirable>) => boolean;
}

const FILTERS: readonly Filter[] = [
  { misfit: { reason: 'SIZE_NOT_ALLOWED', field: 'size' }, fits: hasSizeFor },
  {
    misfit: { reason: 'DURATION_NOT_ALLOWED', field: 'dur' },
    fits: ({ durations }, { dur }, required) => fitsDuration(durations, dur ?? 0, required.has('dur')),
  },
  {
    misfit: { reason: 'CREATIVE_ATTRIBUTE_BLOCKED', field: 'attr' },
    fits: ({ blockedAttributes }, { attr }) => !(attr ?? []).some((each) => blockedAttributes.has(each)),
  },
];

function hasSizeFor({ medium, fitsSize }: Offer, bid: WireBid, required: ReadonlySet<Requirable>): boolean {
  const needsSize = required.has('size') && (medium === 'banner' || medium === 'video');
  return needsSize && !saysSize(bid) ? false : fitsSize(bid);
}

/** Zero seconds are a duration that nobody said. */
function fitsDuration(durations: Durations | undefined, seconds: number, isRequired: boolean): boolean {
  if (durations === undefined) return true;
  return seconds === 0 ? !isRequired : durations.admits(seconds);
}

function untimed(medium: Medium, battr: readonly number[] | null | undefined): Offer {
  return {
    medium,
    fitsSize: () => true,
    durations: undefined,
    blockedAttributes: new Set(battr ?? []),
    floor: undefined,
  };
}

function timedOffers(otherwiseMicros: number, ratio: Ratio) {
  return (medium: Medium, offer: AudioOffer): Offer => {
    const durations = durationsOf(offer);
    const floor = durationFloor(offer, { otherwiseMicros, durations: [durations], ratio });
    return { ...untimed(medium, offer.battr), durations, floor };
  };
}
