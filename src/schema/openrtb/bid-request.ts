import { type Static, Type } from '@sinclair/typebox';
import type { RoundLimits } from '../limits.js';
import {
  CurrencyCode,
  Flag,
  Integers,
  Maybe,
  Names,
  Milliseconds,
  Pixels,
  Price,
  Seats,
  Seconds,
  Text,
} from './shapes.js';
import { AttributePointers } from './options.js';

const DEALS_MAX = 500;
const SIZES_MAX = 500;
const DURATION_FLOORS_MAX = 100;

const DurationFloor = Type.Object({
  mindur: Maybe(Seconds),
  maxdur: Maybe(Seconds),
  bidfloor: Maybe(Price),
});
const DurationFloors = Type.Array(DurationFloor, { maxItems: DURATION_FLOORS_MAX });

const Format = Type.Object({
  w: Maybe(Pixels),
  h: Maybe(Pixels),
  wratio: Maybe(Pixels),
  hratio: Maybe(Pixels),
  wmin: Maybe(Pixels),
});

const Banner = Type.Object({
  format: Maybe(Type.Array(Format, { maxItems: SIZES_MAX })),
  w: Maybe(Pixels),
  h: Maybe(Pixels),
  battr: Maybe(Integers),
});

const Timed = {
  minduration: Maybe(Seconds),
  maxduration: Maybe(Seconds),
  maxextended: Maybe(Type.Integer({ minimum: -1, maximum: 86_400 })),
  poddur: Maybe(Seconds),
  rqddurs: Maybe(Type.Array(Seconds, { maxItems: 1000 })),
  mincpmpersec: Maybe(Price),
  durfloors: Maybe(DurationFloors),
  battr: Maybe(Integers),
};
const Video = Type.Object({ w: Maybe(Pixels), h: Maybe(Pixels), ...Timed });
const Audio = Type.Object(Timed);
const Native = Type.Object({ battr: Maybe(Integers) });

const Deal = Type.Object({
  id: Text,
  bidfloor: Maybe(Price),
  bidfloorcur: Maybe(CurrencyCode),
  at: Maybe(Type.Integer({ minimum: 1, maximum: 3, description: '1 first, 2 second price, 3 the floor' })),
  wseat: Maybe(Seats),
  wadomain: Maybe(Names),
  mincpmpersec: Maybe(Price),
  durfloors: Maybe(DurationFloors),
});

export const Impression = Type.Object({
  id: Text,
  banner: Maybe(Banner),
  video: Maybe(Video),
  audio: Maybe(Audio),
  native: Maybe(Native),
  pmp: Maybe(
    Type.Object({
      private_auction: Maybe(Flag),
      deals: Maybe(Type.Array(Deal, { maxItems: DEALS_MAX })),
    }),
  ),
  bidfloor: Maybe(Price),
  bidfloorcur: Maybe(CurrencyCode),
  secure: Maybe(Flag),
  qty: Type.Optional(Type.Unknown()),
});

const Parley = Type.Object({
  policies: Maybe(Type.Array(Type.Unknown({ description: 'a name, `name@version`, or a policy document' }))),
  profile: Maybe(Type.Unknown({ description: 'a name, `name@version`, or a profile document' })),
  attributes: Maybe(AttributePointers),
  increment: Maybe(Price),
  explain: Maybe(Type.Boolean()),
  audit: Maybe(Type.Boolean({ description: 'values that are not known become AUDIT in markup' })),
});

/** The parts of an OpenRTB 2.6 bid request that decide an auction. Everything else may be there and is not read. */
export function bidRequestSchema({ lotsMax }: Pick<RoundLimits, 'lotsMax'>) {
  return Type.Object({
    id: Text,
    imp: Type.Array(Impression, { minItems: 1, maxItems: lotsMax }),
    at: Maybe(Type.Integer({ minimum: 1, maximum: 2, description: '1 first price, 2 second price' })),
    tmax: Maybe(Milliseconds),
    wseat: Maybe(Seats),
    bseat: Maybe(Seats),
    cur: Maybe(Type.Array(CurrencyCode, { maxItems: 1000 })),
    wlang: Maybe(Names),
    wlangb: Maybe(Names),
    acat: Maybe(Names),
    bcat: Maybe(Names),
    cattax: Maybe(Type.Integer()),
    badv: Maybe(Names),
    bapp: Maybe(Names),
    ext: Maybe(Type.Object({ parley: Maybe(Parley) })),
  });
}

export type BidRequest = Static<ReturnType<typeof bidRequestSchema>>;
export type Impression = Static<typeof Impression>;
export type BannerOffer = Static<typeof Banner>;
export type VideoOffer = Static<typeof Video>;
export type AudioOffer = Static<typeof Audio>;
export type DealOffer = Static<typeof Deal>;
export type DurationFloorRow = Static<typeof DurationFloor>;
