import type { LossReason } from '../../src/base/loss-reasons.js';
import type { Entry, NaiveAuction, NaiveBid, NaiveRequest } from './naive-auction.js';
import { narrowed } from './naive-offers.js';

type Check = readonly [LossReason, (entry: Entry, auction: NaiveAuction) => boolean];

/** Everything a request can have against a bid on one of its impressions, in the order of the page. */
export function whyScreened(entry: Entry, auction: NaiveAuction): LossReason | undefined {
  const first = (checks: readonly Check[]) => checks.find(([, applies]) => applies(entry, auction))?.[0];
  const offers = narrowed(entry.impression!, entry.bid, auction.options.required);
  return first(BEFORE_OFFERS) ?? (typeof offers === 'string' ? offers : first(AFTER_OFFERS));
}

const BEFORE_OFFERS: readonly Check[] = [
  ['SEAT_BLOCKED', ({ seat }, { request }) => !isAdmittedSeat(seat, request)],
  ['CREATIVE_ID_MISSING', ({ bid }, { options }) => options.required.includes('crid') && !bid.crid],
  ['MARKUP_MISSING', ({ bid }, { options }) => options.required.includes('markup') && !hasMarkup(bid)],
  ['ADVERTISER_DOMAIN_INVALID', ({ bid }, { options }) => !hasSoundDomains(bid, options.required)],
];

const AFTER_OFFERS: readonly Check[] = [
  ['ADVERTISER_BLOCKED', ({ bid }, { request }) => isBlockedAdvertiser(bid, request)],
  ['APP_BLOCKED', ({ bid }, { request }) => (request.bapp ?? []).some((app) => app === bid.bundle)],
  ['CATEGORY_BLOCKED', ({ bid }, { request }) => isBlockedCategory(bid, request)],
  ['LANGUAGE_NOT_ALLOWED', ({ bid }, { request }) => !isLanguageTaken(bid, request)],
  ['NOT_SECURE', ({ bid, impression }) => [1, true].includes(impression!.secure ?? 0) && isInsecure(bid)],
];

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

function hasMarkup({ adm, nurl, adid }: NaiveBid): boolean {
  return [adm, nurl, adid].some((each) => each !== undefined && each !== '');
}

function isInsecure({ adm, nurl = '' }: NaiveBid): boolean {
  const plain = (adm ?? nurl)
    .toLowerCase()
    .replaceAll('\\/', '/')
    .replaceAll('%3a', ':')
    .replaceAll('%2f', '/');
  return plain.replaceAll('http://www.w3.org/', '').includes('http://');
}
