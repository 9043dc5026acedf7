import type { DealOffer, Impression } from '../../schema/openrtb/bid-request.js';
import type { RecordedOffer } from '../../schema/openrtb/record.js';
import type { RecordedDeal, RecordedLot } from '../../schema/record.js';

/** What a record keeps of floors: micros of their own currency, which amounts of a request are read into. */
type Guidance = Pick<RecordedOffer, 'bidfloorMicros' | 'bidfloorcur' | 'durfloors' | 'mincpmpersecMicros'>;

const AT = { 'first-price': 1, 'second-price': 2, 'fixed-price': 3 } as const;
const MICROS_PER_UNIT = 1_000_000;
const NOTHING = {};

/** The impression that a lot of a record was made of. The inverse of openrtb/telling/offer-members.ts. */
export function impressionOfRecord(lot: RecordedLot, currency: string): Impression {
  const { id, floorMicros = 0, privateAuction = false, deals = [], offer = NOTHING } = lot;
  const { banner, native, video, audio, secure = false } = offer as RecordedOffer;
  return {
    id,
    banner: banner ?? null,
    native: native ?? null,
    video: video === undefined ? null : { ...video, ...durationFloors(video) },
    audio: audio === undefined ? null : { ...audio, ...durationFloors(audio) },
    secure,
    ...floorOf(offer, floorMicros, currency),
    pmp: { private_auction: privateAuction, deals: deals.map((deal) => dealOffer(deal, offer, currency)) },
  };
}

function dealOffer(deal: RecordedDeal, offer: RecordedOffer, currency: string): DealOffer {
  const { id, format, seats, floorMicros = 0 } = deal;
  const said: Guidance = offer.deals?.find((each) => each.id === id) ?? NOTHING;
  const at = format === undefined ? null : AT[format];
  return {
    id,
    at,
    wseat: seats ?? null,
    ...floorOf(said, floorMicros, currency),
    ...durationFloors(said),
  };
}

/** A floor that was converted stands in the record as it was said, any other in the lot or the deal alone. */
function floorOf({ bidfloorMicros, bidfloorcur }: Guidance, floorMicros: number, currency: string) {
  if (bidfloorcur === undefined) return { bidfloor: floorMicros / MICROS_PER_UNIT, bidfloorcur: currency };
  return { bidfloor: (bidfloorMicros ?? 0) / MICROS_PER_UNIT, bidfloorcur };
}

function durationFloors({ mincpmpersecMicros, durfloors }: Guidance) {
  return {
    mincpmpersec: mincpmpersecMicros === undefined ? null : mincpmpersecMicros / MICROS_PER_UNIT,
    durfloors: (durfloors ?? []).map(({ bidfloorMicros, mindur = null, maxdur = null }) => {
      return { bidfloor: bidfloorMicros / MICROS_PER_UNIT, mindur, maxdur };
    }),
  };
}
