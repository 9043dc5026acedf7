import type { LossReason } from '../../src/base/loss-reasons.js';
import type { Entry, NaiveAuction, NaiveBid, NaiveRequest } from './naive-auction.js';
import { narrowed } from './naive-offers.js';

/** Everything a request can have against a bid on one of its impressions, in the order of the page. */
export function whyScreened(entry: Entry, { request, options }: NaiveAuction): LossReason | undefined {
  const { seat, bid } = entry;
  const impression = entry.impression!;
  const { required } = options;
  if (!isAdmittedSeat(seat, request)) return 'SEAT_BLOCKED';
  if (required.includes('crid') && !bid.crid) return 'CREATIVE_ID_MISSING';
  if (required.includes('markup') && !bid.adm && !bid.nurl && !bid.adid) return 'MARKUP_MISSING';
  if (!hasSoundDomains(bid, required)) return 'ADVERTISER_DOMAIN_INVALID';
  const offers = narrowed(impression, bid, required);
  if (typeof offers === 'string') return offers;
  if (isBlockedAdvertiser(bid, request)) return 'ADVERTISER_BLOCKED';
  if ((request.bapp ?? []).some((app) => app === bid.bundle)) return 'APP_BLOCKED';
  if (isBlockedCategory(bid, request)) return 'CATEGORY_BLOCKED';
  if (!isLanguageTaken(bid, request)) return 'LANGUAGE_NOT_ALLOWED';
  const isSecure = impression.secure === 1 || impression.secure === true;
  return isSecure && refersToHttp(bid.adm ?? bid.nurl ?? '') ? 'NOT_SECURE' : undefined;
}

/** Whether a domain is one of these, or below one of them. */
export function isBelow(domain: string, domains: readonly string[]): boolean {
  const name = domain.toLowerCase();
  return domains.map((each) => each.toLowerCase()).some((each) => name === each || name.endsWith(`.${each}`));
}

function isAdmittedSeat(seat: string | undefined, { wseat = [], bseat = [] }: NaiveRequest): boolean {
  if (seat === undefined) return wseat.length === 0;
  return (wseat.length === 0 || wseat.includes(seat)) && !bseat.includes(seat);
}

function hasSoundDomains({ adomain = [] }: NaiveBid, required: readonly string[]): boolean {
  if (adomain.length === 0) return !required.includes('adomain');
  return adomain.every((name) => name !== '' && !name.includes(' ') && !name.includes('/'));
}

function isBlockedAdvertiser({ adomain = [] }: NaiveBid, { badv = [] }: NaiveRequest): boolean {
  return adomain.some((name) => isBelow(name, badv));
}

function isBlockedCategory({ cat = [], cattax = 1 }: NaiveBid, request: NaiveRequest): boolean {
  const { bcat = [], acat = [], cattax: taxonomy = 1 } = request;
  if (bcat.length === 0 && acat.length === 0) return false;
  if (cat.length === 0) return acat.length > 0;
  if (cattax !== taxonomy) return true;
  const isOn = (list: readonly string[]) => (id: string) =>
    list.some((each) => id === each || (taxonomy === 1 && id.startsWith(`${each}-`)));
  return cat.some(isOn(bcat)) || (acat.length > 0 && !cat.every(isOn(acat)));
}

function isLanguageTaken({ language, langb }: NaiveBid, { wlang = [], wlangb = [] }: NaiveRequest): boolean {
  const taken = [...wlang, ...wlangb].map((each) => each.toLowerCase());
  const said = (langb ?? language)?.toLowerCase();
  if (taken.length === 0 || said === undefined || said === 'xx') return true;
  return taken.some((each) => said === each || said.startsWith(`${each}-`));
}

function refersToHttp(markup: string): boolean {
  const plain = markup.toLowerCase().replaceAll('\\/', '/').replaceAll('%3a', ':').replaceAll('%2f', '/');
  return plain.replaceAll('http://www.w3.org/', '').includes('http://');
}
