import type { LossReason } from '../../src/base/loss-reasons.js';
import type { NaiveBanner, NaiveBid, NaiveFormat, NaiveImpression, NaiveTimed } from './naive-auction.js';

/** Which of the four kinds of creative a bid may be, one requirement after the other. */

export interface NaiveOffer {
  readonly mtype: 1 | 2 | 3 | 4;
  readonly banner?: NaiveBanner | undefined;
  readonly timed?: NaiveTimed | undefined;
  readonly battr: readonly number[];
}

type Narrowing = readonly [LossReason, (offer: NaiveOffer) => boolean];

/** The offers that are left, or why none is. */
export function narrowed(
  impression: NaiveImpression,
  bid: NaiveBid,
  required: readonly string[],
): NaiveOffer[] | LossReason {
  if (bid.mtype === undefined && required.includes('mtype')) return 'AD_TYPE_NOT_ALLOWED';
  let left = offersOf(impression);
  if (left.length === 0) return left;
  for (const [reason, fits] of narrowings(bid, required)) {
    left = left.filter(fits);
    if (left.length === 0) return reason;
  }
  return left;
}

/** Every duration that generated requests tell apart: past those they speak of, only the end of the day is another. */
const EVERY_DURATION = [...Array.from({ length: 200 }, (_, second) => second + 1), 86_400];

/** The durations that one of these takes, found by trying all; where nobody asks, all. */
export function admittedBy(timed: readonly NaiveTimed[]): readonly number[] {
  if (timed.length === 0) return EVERY_DURATION;
  return EVERY_DURATION.filter((seconds) => timed.some((each) => admits(each, seconds)));
}

export function offersOf({ banner, video, audio, native }: NaiveImpression): NaiveOffer[] {
  const offers: NaiveOffer[] = [];
  if (banner) offers.push({ mtype: 1, banner, battr: banner.battr ?? [] });
  if (video) offers.push({ mtype: 2, timed: video, battr: video.battr ?? [] });
  if (audio) offers.push({ mtype: 3, timed: audio, battr: audio.battr ?? [] });
  if (native) offers.push({ mtype: 4, battr: native.battr ?? [] });
  return offers;
}

function narrowings(bid: NaiveBid, required: readonly string[]): readonly Narrowing[] {
  return [
    ['AD_TYPE_NOT_ALLOWED', ({ mtype }) => bid.mtype === undefined || bid.mtype === mtype],
    ['SIZE_NOT_ALLOWED', (offer) => fitsSize(offer, bid, required.includes('size'))],
    ['DURATION_NOT_ALLOWED', ({ timed }) => !timed || fitsDuration(timed, bid, required.includes('dur'))],
    ['CREATIVE_ATTRIBUTE_BLOCKED', ({ battr }) => !(bid.attr ?? []).some((each) => battr.includes(each))],
  ];
}

function fitsSize({ mtype, banner, timed }: NaiveOffer, bid: NaiveBid, isRequired: boolean): boolean {
  if (mtype > 2) return true;
  if (!bid.w && !bid.h && !bid.wratio) return !isRequired;
  if (timed) return isAtMost(bid.w, timed.w) && isAtMost(bid.h, timed.h);
  const { format = [], w, h } = banner!;
  const offered = w && h ? [...format, { w, h }] : format;
  return offered.length === 0 || offered.some((each) => isOfFormat(each, bid));
}

function isAtMost(length: number | undefined, most: number | undefined): boolean {
  return !length || !most || length <= most;
}

function isOfFormat({ w, h, wratio, hratio, wmin = 0 }: NaiveFormat, bid: NaiveBid): boolean {
  if (!wratio || !hratio) return bid.w === w && bid.h === h;
  if (bid.w && bid.h) return bid.w >= wmin && bid.w / bid.h === wratio / hratio;
  return bid.wratio! / bid.hratio! === wratio / hratio;
}

function fitsDuration(timed: NaiveTimed, { dur }: NaiveBid, isRequired: boolean): boolean {
  return dur ? admits(timed, dur) : !isRequired;
}

function admits(timed: NaiveTimed, seconds: number): boolean {
  const { rqddurs = [], minduration = 0, maxduration, maxextended = 0, poddur } = timed;
  if (poddur && seconds > poddur) return false;
  if (rqddurs.length > 0) return rqddurs.includes(seconds);
  if (seconds < minduration) return false;
  return !maxduration || maxextended === -1 || seconds <= maxduration + maxextended;
}
