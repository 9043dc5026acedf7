import { toMicros } from '../../../base/money.js';
import { saysFloor } from '../../../openrtb/floor-guidance.js';
import type {
  AudioOffer,
  BannerOffer,
  DealOffer,
  DurationFloorRow,
  Impression,
  VideoOffer,
} from '../../../schema/openrtb/bid-request.js';
import { DEFAULT_CURRENCY, isSet } from '../../../schema/openrtb/shapes.js';

/**
 * What an impression asks of bids, as the record keeps it: what decides and nothing else. Every object has its members in
 * canonical order, undefined where nothing is said; amounts are micros of their own currency.
 */
export function offerMembers(impression: Impression, currency: string) {
  const { banner, video, audio, native, secure, pmp } = impression;
  const deals = (pmp?.deals ?? []).map((deal) => dealMembers(deal, currency)).filter(saysMoreThanId);
  const floor = foreignFloor(impression, [impression, video, audio].some(saysFloor), currency);
  return {
    audio: audio ? timedMembers(audio) : undefined,
    banner: banner ? bannerMembers(banner) : undefined,
    bidfloorMicros: floor.micros,
    bidfloorcur: floor.currency,
    deals: listed(deals),
    native: native ? { battr: listed(native.battr) } : undefined,
    secure: isSet(secure) ? true : undefined,
    video: video ? timedMembers(video, video) : undefined,
  };
}

function bannerMembers({ battr, format, h, w }: BannerOffer) {
  return {
    battr: listed(battr),
    format: format?.map((size) => ({
      h: size.h ?? undefined,
      hratio: size.hratio ?? undefined,
      w: size.w ?? undefined,
      wmin: size.wmin ?? undefined,
      wratio: size.wratio ?? undefined,
    })),
    h: h ?? undefined,
    w: w ?? undefined,
  };
}

/** What a lot does not say of its deals. */
function dealMembers(deal: DealOffer, currency: string) {
  const floor = foreignFloor(deal, saysFloor(deal), currency);
  return {
    bidfloorMicros: floor.micros,
    bidfloorcur: floor.currency,
    durfloors: durationFloors(deal),
    id: deal.id,
    mincpmpersecMicros: perSecond(deal),
  };
}

function saysMoreThanId(deal: ReturnType<typeof dealMembers>): boolean {
  return Object.values(deal).filter((member) => member !== undefined).length > 1;
}

/** Floors that had to be converted, as they were said; the lot and the deal have what became of them. */
function foreignFloor(
  { bidfloor, bidfloorcur }: Pick<DealOffer, 'bidfloor' | 'bidfloorcur'>,
  isSaid: boolean,
  currency: string,
) {
  const own = bidfloorcur ?? DEFAULT_CURRENCY;
  if (!isSaid || own === currency) return { micros: undefined, currency: undefined };
  return { micros: (bidfloor ?? 0) > 0 ? toMicros(bidfloor!) : undefined, currency: own };
}

/** A player has a size, where there is something to see. */
function timedMembers(offer: AudioOffer, player: Pick<VideoOffer, 'w' | 'h'> = {}) {
  return {
    battr: listed(offer.battr),
    durfloors: durationFloors(offer),
    h: player.h ?? undefined,
    maxduration: offer.maxduration ?? undefined,
    maxextended: offer.maxextended ?? undefined,
    mincpmpersecMicros: perSecond(offer),
    minduration: offer.minduration ?? undefined,
    poddur: offer.poddur ?? undefined,
    rqddurs: listed(offer.rqddurs),
    w: player.w ?? undefined,
  };
}

function perSecond({ mincpmpersec }: Pick<DealOffer, 'mincpmpersec'>): number | undefined {
  return (mincpmpersec ?? 0) > 0 ? toMicros(mincpmpersec!) : undefined;
}

function durationFloors({ durfloors }: Pick<DealOffer, 'durfloors'>) {
  return listed((durfloors ?? []).map(rowMembers));
}

function rowMembers({ mindur, maxdur, bidfloor }: DurationFloorRow) {
  return {
    bidfloorMicros: toMicros(bidfloor ?? 0),
    maxdur: maxdur ?? undefined,
    mindur: mindur ?? undefined,
  };
}

/** An empty list asks for nothing. */
export function listed<T>(list: readonly T[] | null | undefined): readonly T[] | undefined {
  return list == null || list.length === 0 ? undefined : list;
}
