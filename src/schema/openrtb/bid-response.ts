import { type Static, Type } from '@sinclair/typebox';
import { Integers, Maybe, NamesOfBid, Pixels, Price, Seconds, Text, TEXT_LENGTH_MAX } from './shapes.js';

/**
 * The parts of an OpenRTB 2.6 bid that decide. Markup and notices decide nothing but their security, so anything may stand
 * there; what is text gets its macros filled.
 */
export const WireBid = Type.Object({
  id: Text,
  impid: Text,
  price: Price,
  dealid: Maybe(Type.String({ maxLength: TEXT_LENGTH_MAX })),
  adomain: Maybe(NamesOfBid),
  bundle: Maybe(Type.String()),
  cat: Maybe(NamesOfBid),
  cattax: Maybe(Type.Integer()),
  attr: Maybe(Integers),
  language: Maybe(Type.String()),
  langb: Maybe(Type.String()),
  w: Maybe(Pixels),
  h: Maybe(Pixels),
  wratio: Maybe(Pixels),
  hratio: Maybe(Pixels),
  dur: Maybe(Seconds),
  mtype: Maybe(Type.Integer()),
  crid: Type.Optional(Type.Unknown()),
  adid: Type.Optional(Type.Unknown()),
  adm: Type.Optional(Type.Unknown()),
  nurl: Type.Optional(Type.Unknown()),
  burl: Type.Optional(Type.Unknown()),
  lurl: Type.Optional(Type.Unknown()),
  ext: Type.Optional(Type.Unknown()),
});

export type WireBid = Static<typeof WireBid>;
