import type { Bid, Lot } from '../../auction/model.js';
import { canonicalJson } from '../../base/canonical-json.js';
import { LOSSES } from '../../base/loss-reasons.js';
import { toMicros } from '../../base/money.js';
import { isSameCurrency } from '../../openrtb/exchange-rates.js';
import { isInsecure } from '../../openrtb/secure-markup.js';
import type { Impression } from '../../schema/openrtb/bid-request.js';
import type { WireBid } from '../../schema/openrtb/bid-response.js';
import type { RecordAnnex } from '../telling/write-record.js';
import type { OpenRtbAuction } from './build-auction.js';
import { offerMembers } from './offer-members.js';
import type { PlacedBid } from './placed-bid.js';
import type { UnreadableBid } from './sent-bids.js';

/** What the decision used of an OpenRTB auction beyond what a native round has. Nobody's device, user or markup is in it. */
export function recordAnnex(auction: OpenRtbAuction): RecordAnnex {
  const { round, rates, impressions, bids, unreadable } = auction;
  const asked = requestMembers(auction);
  return {
    kind: 'openrtb',
    rates: rates.used && canonicalJson(rates.used),
    request: Object.keys(asked).length === 0 ? undefined : canonicalJson(asked),
    unreadable: unreadable.length === 0 ? undefined : canonicalJson(unreadable.map(unreadableMembers)),
    ofLot: ({ id }: Lot) => offerText(impressions.get(id)!.impression, round.currency),
    ofBid: ({ id }: Bid) => canonicalJson(sentMembers(bids.get(id)!, auction)),
  };
}

function offerText(impression: Impression, currency: string): string | undefined {
  const members = offerMembers(impression, currency);
  return Object.keys(members).length === 0 ? undefined : canonicalJson(members);
}

/** The lists of the request that at least one bid was held against. */
function requestMembers({ request, demands, bids }: OpenRtbAuction): Record<string, unknown> {
  const sent = [...bids.values()].map((bid) => bid.sent.bid);
  const someSay = (...names: (keyof WireBid)[]) =>
    sent.some((bid) => names.some((name) => bid[name] != null));
  const { acat, badv, bapp, bcat, bseat, cattax, cur, wlang, wlangb, wseat } = request;
  const members = {
    acat: sent.length > 0 ? listed(acat) : undefined,
    badv: someSay('adomain') ? listed(badv) : undefined,
    bapp: someSay('bundle') ? listed(bapp) : undefined,
    bcat: someSay('cat') ? listed(bcat) : undefined,
    bseat: listed(bseat),
    cattax: cattax ?? undefined,
    cur: listed(cur),
    required: listed([...demands.required].sort()),
    wlang: someSay('language', 'langb') ? listed(wlang) : undefined,
    wlangb: someSay('language', 'langb') ? listed(wlangb) : undefined,
    wseat: listed(wseat),
  };
  return Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined));
}

/** What the bid said where something was asked, and where it was sent. */
function sentMembers(placed: PlacedBid, { demands, impressions }: OpenRtbAuction): object {
  const { sent, placing } = placed;
  const { bid } = sent;
  const { offers, isSecure, dealFloors } = impressions.get(bid.impid)!;
  const isTimed = offers.some(({ durations }) => durations !== undefined) || dealFloors.size > 0;
  const asksCategories = demands.blockedCategories !== undefined || demands.admittedCategories !== undefined;
  const isConverted = !isSameCurrency(placing.ratio);
  return {
    adomain: bid.adomain ?? undefined,
    ...(offers.some(({ blockedAttributes }) => blockedAttributes.size > 0) ? said(bid, ['attr']) : {}),
    ...(demands.blockedApps === undefined ? {} : said(bid, ['bundle'])),
    ...(asksCategories ? said(bid, ['cat', 'cattax']) : {}),
    ...(isConverted ? { currency: sent.currency, priceMicros: toMicros(bid.price) } : {}),
    ...(isTimed ? said(bid, ['dur']) : {}),
    ...(isSecure ? { insecure: isInsecure(bid) } : {}),
    ...(demands.admitsLanguage === undefined ? {} : said(bid, ['langb', 'language'])),
    ...(offers.length > 0 ? said(bid, ['mtype', 'w', 'h', 'wratio', 'hratio']) : {}),
    ...(demands.required.size > 0 ? { missing: missingOf(bid) } : {}),
    response: sent.response,
  };
}

function said(bid: WireBid, names: readonly (keyof WireBid)[]): object {
  return Object.fromEntries(names.filter((name) => bid[name] != null).map((name) => [name, bid[name]]));
}

/** Of the members that decide by being there: their content is nobody's business. */
function missingOf({ crid, adm, nurl, adid }: WireBid): readonly string[] {
  const isSaid = (value: unknown) => value !== undefined && value !== null && value !== '';
  const markup = [adm, nurl, adid].some(isSaid);
  return [...(isSaid(crid) ? [] : ['crid']), ...(markup ? [] : ['markup'])];
}

function unreadableMembers({ response, seat, sent, reason }: UnreadableBid): object {
  return { id: nameOf(sent['id']), impid: nameOf(sent['impid']), loss: LOSSES[reason].code, response, seat };
}

const NAME_LENGTH_MAX = 256;

/** An id that was out of bounds is not kept. */
function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= NAME_LENGTH_MAX ? value : undefined;
}

function listed<T>(list: readonly T[] | null | undefined): readonly T[] | undefined {
  return list == null || list.length === 0 ? undefined : list;
}
