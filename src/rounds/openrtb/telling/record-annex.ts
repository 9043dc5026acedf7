import type { Bid, Lot } from '../../../auction/model.js';
import { canonicalJson } from '../../../base/canonical-json.js';
import { LOSSES } from '../../../base/loss-reasons.js';
import { toMicros } from '../../../base/money.js';
import { isSaid } from '../../../openrtb/said.js';
import { isInsecure } from '../../../openrtb/secure-markup.js';
import type { WireBid } from '../../../schema/openrtb/bid-response.js';
import { TEXT_LENGTH_MAX } from '../../../schema/openrtb/shapes.js';
import type { RecordAnnex } from '../../telling/write-record.js';
import type { OpenRtbAuction } from '../reading/build-auction.js';
import { listed, offerMembers } from './offer-members.js';
import type { PlacedBid } from '../reading/placed-bid.js';
import type { UnreadableBid } from '../reading/sent-bids.js';

/**
 * What the decision used of an OpenRTB auction beyond what a native round has. Nobody's device, user or markup is in it.
 * Objects are built with their members in canonical order, because sorting them again for every bid would cost more than
 * writing them.
 */
export function recordAnnex(auction: OpenRtbAuction): RecordAnnex {
  const { round, rates, impressions, bids, unreadable } = auction;
  const asked = askedOfBids(auction);
  return {
    kind: 'openrtb',
    rates: rates.used && canonicalJson(rates.used),
    request: unlessEmpty(requestMembers(auction)),
    unreadable: unreadable.length === 0 ? undefined : JSON.stringify(unreadable.map(unreadableMembers)),
    ofLot: ({ id }: Lot) => unlessEmpty(offerMembers(impressions.get(id)!.impression, round.currency)),
    ofBid: ({ id }: Bid) => JSON.stringify(sentMembers(bids.get(id)!, asked)),
  };
}

function unlessEmpty(members: object): string | undefined {
  const text = JSON.stringify(members);
  return text === '{}' ? undefined : text;
}

/** The lists of the request that at least one bid was held against. */
function requestMembers({ request, demands, bids }: OpenRtbAuction) {
  if (bids.size === 0) return {};
  const sent = [...bids.values()].map((bid) => bid.sent.bid);
  const someSay = (name: keyof WireBid) => sent.some((bid) => bid[name] != null);
  const saysLanguage = someSay('language') || someSay('langb');
  const { acat, badv, bapp, bcat, bseat, cattax, cur, wlang, wlangb, wseat } = request;
  return {
    acat: listed(acat),
    badv: someSay('adomain') ? listed(badv) : undefined,
    bapp: someSay('bundle') ? listed(bapp) : undefined,
    bcat: someSay('cat') ? listed(bcat) : undefined,
    bseat: listed(bseat),
    cattax: listed(acat) !== undefined || listed(bcat) !== undefined ? (cattax ?? undefined) : undefined,
    cur: listed(cur),
    required: listed([...demands.required].sort()),
    wlang: saysLanguage ? listed(wlang) : undefined,
    wlangb: saysLanguage ? listed(wlangb) : undefined,
    wseat: listed(wseat),
  };
}

/** What something asked of every bid. */
function askedOfBids({ round, demands }: OpenRtbAuction) {
  return {
    currency: round.currency,
    app: demands.blockedApps !== undefined,
    categories: demands.blockedCategories !== undefined || demands.admittedCategories !== undefined,
    language: demands.admitsLanguage !== undefined,
    required: demands.required.size > 0,
  };
}

/** What the bid said where something was asked, and where it was sent. */
function sentMembers({ sent, placing }: PlacedBid, asked: ReturnType<typeof askedOfBids>) {
  const { bid } = sent;
  const { offers, isSecure, dealFloors } = placing.place;
  const isSized = offers.length > 0;
  const isTimed = dealFloors.size > 0 || offers.some(({ durations }) => durations !== undefined);
  const isConverted = sent.currency !== asked.currency;
  const said = <Name extends keyof WireBid>(name: Name, isAsked: boolean) =>
    isAsked ? (bid[name] ?? undefined) : undefined;
  return {
    adomain: said('adomain', true),
    attr: said(
      'attr',
      offers.some(({ blockedAttributes }) => blockedAttributes.size > 0),
    ),
    bundle: said('bundle', asked.app),
    cat: said('cat', asked.categories),
    cattax: said('cattax', asked.categories),
    currency: isConverted ? sent.currency : undefined,
    dur: said('dur', isTimed),
    h: said('h', isSized),
    hratio: said('hratio', isSized),
    insecure: isSecure ? isInsecure(bid) : undefined,
    langb: said('langb', asked.language),
    language: said('language', asked.language),
    missing: asked.required ? missingOf(bid) : undefined,
    mtype: said('mtype', isSized || asked.required),
    priceMicros: isConverted ? toMicros(bid.price) : undefined,
    response: sent.response,
    w: said('w', isSized),
    wratio: said('wratio', isSized),
  };
}

/** Of the members that decide by being there: their content is nobody's business. */
function missingOf({ crid, adm, nurl, adid }: WireBid): readonly string[] {
  const markup = [adm, nurl, adid].some(isSaid);
  return [...(isSaid(crid) ? [] : ['crid']), ...(markup ? [] : ['markup'])];
}

function unreadableMembers({ response, seat, sent, reason, field, currency }: UnreadableBid) {
  return {
    currency: field === 'cur' && reason !== 'INVALID_BID' ? currency : undefined,
    id: nameOf(sent['id']),
    impid: nameOf(sent['impid']),
    loss: LOSSES[reason].code,
    response,
    seat,
  };
}

/** An id that was out of bounds is not kept. */
function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= TEXT_LENGTH_MAX && value.isWellFormed()
    ? value
    : undefined;
}
