import { toMicros } from '../../base/money.js';
import type {
  AudioOffer,
  DealOffer,
  DurationFloorRow,
  Impression,
} from '../../schema/openrtb/bid-request.js';
import { DEFAULT_CURRENCY, isSet } from '../../schema/openrtb/shapes.js';

/** What an impression asks of bids, as the record keeps it: what decides and nothing else, floors in micros of their own currency. */
export function offerMembers(impression: Impression, currency: string): Readonly<Record<string, unknown>> {
  const { banner, video, audio, native, secure, pmp } = impression;
  const told = (pmp?.deals ?? []).map((deal) => dealMembers(deal, currency));
  const deals = told.filter((deal) => Object.keys(deal).length > 1);
  return compact({
    audio: audio && timedMembers(audio),
    banner:
      banner &&
      compact({
        ...pick(banner, ['w', 'h']),
        format: banner.format?.map(sizeMembers),
        battr: listed(banner.battr),
      }),
    ...foreignFloor(impression, currency),
    deals: listed(deals),
    native: native && compact({ battr: listed(native.battr) }),
    secure: isSet(secure) ? true : undefined,
    video: video && { ...timedMembers(video), ...pick(video, ['w', 'h']) },
  });
}

/** What a lot does not say of its deals. */
function dealMembers(deal: DealOffer, currency: string): Readonly<Record<string, unknown>> {
  return compact({
    ...guidanceMembers(deal),
    ...foreignFloor(deal, currency),
    id: deal.id,
  });
}

/** A floor that had to be converted, as it was said; the lot and the deal have what became of it. */
function foreignFloor(
  { bidfloor, bidfloorcur }: Pick<DealOffer, 'bidfloor' | 'bidfloorcur'>,
  currency: string,
): object {
  const own = bidfloorcur ?? DEFAULT_CURRENCY;
  return own === currency ? {} : { bidfloorMicros: toMicros(bidfloor ?? 0), bidfloorcur: own };
}

function timedMembers(offer: AudioOffer): Readonly<Record<string, unknown>> {
  return compact({
    ...pick(offer, ['minduration', 'maxduration', 'maxextended', 'poddur']),
    ...guidanceMembers(offer),
    battr: listed(offer.battr),
    rqddurs: listed(offer.rqddurs),
  });
}

function guidanceMembers({ mincpmpersec, durfloors }: Pick<DealOffer, 'mincpmpersec' | 'durfloors'>) {
  return {
    durfloors: listed((durfloors ?? []).map(rowMembers)),
    mincpmpersecMicros: (mincpmpersec ?? 0) > 0 ? toMicros(mincpmpersec!) : undefined,
  };
}

function rowMembers({ mindur, maxdur, bidfloor }: DurationFloorRow) {
  return compact({ bidfloorMicros: toMicros(bidfloor ?? 0), maxdur, mindur });
}

function sizeMembers(size: object) {
  return pick(size as Record<string, unknown>, ['w', 'h', 'wratio', 'hratio', 'wmin']);
}

function pick<T extends object>(
  from: T,
  names: readonly (keyof T & string)[],
): Readonly<Record<string, unknown>> {
  return compact(Object.fromEntries(names.map((name) => [name, from[name]])));
}

/** Without what is not said. */
function compact(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).filter(([, member]) => member !== undefined && member !== null),
  );
}

function listed<T>(list: readonly T[] | null | undefined): readonly T[] | undefined {
  return list == null || list.length === 0 ? undefined : list;
}
