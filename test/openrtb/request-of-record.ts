import type { OpenRtbOptions } from '../../src/schema/openrtb/options.js';

/**
 * The request, the responses and the options that a record tells of: what is left out of a record decided nothing. Clearing
 * them again has to give the same record.
 */
export interface RecordJson {
  readonly id: string;
  readonly format: string;
  readonly currency: string;
  readonly incrementMicros: number;
  readonly explain?: boolean;
  readonly attributes?: readonly string[];
  readonly policies?: readonly unknown[];
  readonly profile?: { readonly source: unknown };
  readonly rates?: OpenRtbOptions['rates'];
  readonly request?: { readonly required?: OpenRtbOptions['required']; readonly [list: string]: unknown };
  readonly lots: readonly LotJson[];
  readonly unreadable?: readonly unknown[];
}

interface LotJson {
  readonly id: string;
  readonly floorMicros?: number;
  readonly privateAuction?: boolean;
  readonly deals?: readonly DealJson[];
  readonly offer?: OfferJson;
  readonly bids: readonly BidJson[];
}

interface DealJson {
  readonly id: string;
  readonly floorMicros?: number;
  readonly format?: string;
  readonly seats?: readonly string[];
  readonly domains?: readonly string[];
}

interface FloorsJson {
  readonly bidfloorMicros?: number;
  readonly bidfloorcur?: string;
  readonly mincpmpersecMicros?: number;
  readonly durfloors?: readonly { readonly bidfloorMicros: number; readonly [bound: string]: number }[];
}

interface OfferJson extends FloorsJson {
  readonly banner?: object;
  readonly native?: object;
  readonly video?: FloorsJson;
  readonly audio?: FloorsJson;
  readonly secure?: boolean;
  readonly deals?: readonly (FloorsJson & { readonly id: string })[];
}

interface BidJson {
  readonly id: string;
  readonly seat: string;
  readonly priceMicros: number;
  readonly deal?: string;
  readonly seller?: string;
  readonly categories?: readonly string[];
  readonly attributes?: readonly (number | null)[];
  readonly sent: SentJson;
}

interface SentJson {
  readonly response: number;
  readonly currency?: string;
  readonly priceMicros?: number;
  readonly insecure?: boolean;
  readonly missing?: readonly string[];
  readonly [member: string]: unknown;
}

const AT: Readonly<Record<string, number>> = { 'first-price': 1, 'second-price': 2, 'fixed-price': 3 };

export function requestOfRecord(record: RecordJson) {
  const { required, ...lists } = record.request ?? {};
  const { rates } = record;
  const seller = record.lots.flatMap(({ bids }) => bids)[0]?.seller;
  const request = {
    id: record.id,
    at: AT[record.format],
    cur: [record.currency, ...currenciesOf(record).filter((each) => each !== record.currency)],
    imp: record.lots.map((lot) => impressionOf(lot, record.currency)),
    ...lists,
    ...(seller === undefined ? {} : { site: { publisher: { id: seller } } }),
    ext: { parley: parleyOf(record) },
  };
  const options = {
    ...(rates === undefined ? {} : { rates }),
    ...(required === undefined ? {} : { required }),
  };
  return { request, responses: responsesOf(record), options };
}

function parleyOf({ policies, profile, attributes = [], incrementMicros, explain }: RecordJson) {
  return {
    policies,
    profile: profile?.source,
    explain,
    increment: incrementMicros / 1e6,
    attributes: Object.fromEntries(attributes.map((name, place) => [name, `/ext/a${place}`])),
  };
}

function impressionOf(
  { id, floorMicros = 0, privateAuction, deals = [], offer = {} }: LotJson,
  currency: string,
) {
  const { banner, native, video, audio, secure } = offer;
  return {
    id,
    banner,
    native,
    video: video && { ...video, ...durationFloors(video) },
    audio: audio && { ...audio, ...durationFloors(audio) },
    secure: secure === true ? 1 : undefined,
    ...floorOf(offer, floorMicros, currency),
    pmp: {
      private_auction: privateAuction === true ? 1 : 0,
      deals: deals.map((deal) =>
        dealOf(deal, offer.deals?.find((each) => each.id === deal.id) ?? {}, currency),
      ),
    },
  };
}

function dealOf(
  { id, format, seats, domains, floorMicros = 0 }: DealJson,
  said: FloorsJson,
  currency: string,
) {
  const at = format === undefined ? undefined : AT[format];
  const floors = { ...floorOf(said, floorMicros, currency), ...durationFloors(said) };
  return { id, at, wseat: seats, wadomain: domains, ...floors };
}

/** A converted floor stands in the record as it was said, any other in the lot or the deal alone. */
function floorOf({ bidfloorMicros, bidfloorcur }: FloorsJson, floorMicros: number, currency: string) {
  return { bidfloor: (bidfloorMicros ?? floorMicros) / 1e6, bidfloorcur: bidfloorcur ?? currency };
}

function durationFloors({ mincpmpersecMicros, durfloors }: FloorsJson) {
  return {
    mincpmpersec: mincpmpersecMicros === undefined ? undefined : mincpmpersecMicros / 1e6,
    durfloors: durfloors?.map(({ bidfloorMicros, ...bounds }) => ({
      ...bounds,
      bidfloor: bidfloorMicros / 1e6,
    })),
  };
}

function responsesOf(record: RecordJson) {
  const bids = record.lots.flatMap((lot) => lot.bids.map((bid) => ({ lot: lot.id, bid })));
  const count = Math.max(0, ...bids.map(({ bid }) => bid.sent.response + 1));
  return Array.from({ length: count }, (_, place) => {
    const own = bids.filter(({ bid }) => bid.sent.response === place);
    const cur = own[0]?.bid.sent.currency ?? record.currency;
    const seatbid = own.map(({ lot, bid }) => ({
      seat: bid.seat.startsWith('(no seat') ? undefined : bid.seat,
      bid: [bidOf(bid, lot)],
    }));
    return { id: record.id, cur, seatbid };
  });
}

/** What a record says about a bid beside what the bid said. */
const ABOUT_BID: ReadonlySet<string> = new Set([
  'currency',
  'response',
  'priceMicros',
  'insecure',
  'missing',
]);

function bidOf({ id, deal, priceMicros, categories, attributes = [], sent }: BidJson, impid: string) {
  const { priceMicros: own, insecure, missing = [] } = sent;
  const ext = Object.fromEntries(attributes.map((value, place) => [`a${place}`, value]));
  const adm = insecure === undefined ? undefined : insecure ? 'http://i' : 'https://s';
  return {
    id: decodeURIComponent(id.split(' ')[1]!),
    impid,
    price: (own ?? priceMicros) / 1e6,
    dealid: deal,
    cat: categories,
    crid: missing.includes('crid') ? undefined : 'c',
    adm: adm ?? (missing.includes('markup') ? undefined : '<b>'),
    ext,
    ...Object.fromEntries(Object.entries(sent).filter(([name]) => !ABOUT_BID.has(name))),
  };
}

function currenciesOf({ lots }: RecordJson): readonly string[] {
  return lots.flatMap(({ bids }) => bids.flatMap(({ sent }) => sent.currency ?? []));
}
