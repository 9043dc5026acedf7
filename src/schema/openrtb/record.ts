import { type Static, Type } from '@sinclair/typebox';
import { MICROS_MAX } from '../../base/money.js';
import { WireBid } from './bid-response.js';
import { Impression } from './bid-request.js';
import { RatesDocument, REQUIRABLE } from './options.js';
import { CurrencyCode, Names, Seats } from './shapes.js';

/** What the record of an OpenRTB auction has beyond that of a native round; amounts are micros of their own currency. */

const Micros = Type.Integer({ minimum: 0, maximum: MICROS_MAX });
const DurationFloors = Type.Array(
  Type.Object({
    bidfloorMicros: Micros,
    maxdur: Type.Optional(Type.Integer()),
    mindur: Type.Optional(Type.Integer()),
  }),
);
const Floors = {
  bidfloorMicros: Type.Optional(Micros),
  bidfloorcur: Type.Optional(CurrencyCode),
  durfloors: Type.Optional(DurationFloors),
  mincpmpersecMicros: Type.Optional(Micros),
};
const { banner, native, video, audio } = Impression.properties;
const Timed = { durfloors: Floors.durfloors, mincpmpersecMicros: Floors.mincpmpersecMicros };
const withFloors = (offer: typeof video | typeof audio) =>
  Type.Optional(
    Type.Intersect([Type.Omit(offer.anyOf[0], ['durfloors', 'mincpmpersec']), Type.Object(Timed)]),
  );

export const RecordedOffer = Type.Object({
  ...Floors,
  audio: withFloors(audio),
  banner,
  deals: Type.Optional(Type.Array(Type.Object({ ...Floors, id: Type.String() }))),
  native,
  secure: Type.Optional(Type.Boolean()),
  video: withFloors(video),
});

/** What the bid said where something was asked, and where it was sent. */
export const RecordedSent = Type.Object({
  ...Type.Omit(WireBid, [
    'id',
    'impid',
    'price',
    'dealid',
    'crid',
    'adid',
    'adm',
    'nurl',
    'burl',
    'lurl',
    'ext',
  ]).properties,
  currency: Type.Optional(CurrencyCode),
  insecure: Type.Optional(Type.Boolean()),
  missing: Type.Optional(Type.Array(Type.Union([Type.Literal('crid'), Type.Literal('markup')]))),
  priceMicros: Type.Optional(Micros),
  response: Type.Integer({ minimum: 0 }),
});

export const OpenRtbAnnex = {
  rates: Type.Optional(RatesDocument),
  request: Type.Optional(
    Type.Object({
      acat: Type.Optional(Names),
      badv: Type.Optional(Names),
      bapp: Type.Optional(Names),
      bcat: Type.Optional(Names),
      bseat: Type.Optional(Seats),
      cattax: Type.Optional(Type.Integer()),
      cur: Type.Optional(Type.Array(CurrencyCode)),
      required: Type.Optional(Type.Array(Type.Union(REQUIRABLE.map((name) => Type.Literal(name))))),
      wlang: Type.Optional(Names),
      wlangb: Type.Optional(Names),
      wseat: Type.Optional(Seats),
    }),
  ),
  unreadable: Type.Optional(
    Type.Array(
      Type.Object({
        currency: Type.Optional(Type.String()),
        id: Type.Optional(Type.String()),
        impid: Type.Optional(Type.String()),
        loss: Type.Integer(),
        response: Type.Integer({ minimum: 0 }),
        seat: Type.Optional(Type.String()),
      }),
    ),
  ),
};

export type RecordedOffer = Static<typeof RecordedOffer>;
export type RecordedSent = Static<typeof RecordedSent>;
