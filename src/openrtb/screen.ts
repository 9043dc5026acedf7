import { isWithinDomains } from '../base/domain-names.js';
import type { OpenRtbLossReason } from '../base/loss-reasons.js';
import type { BidRequest } from '../schema/openrtb/bid-request.js';
import type { WireBid } from '../schema/openrtb/bid-response.js';
import type { Requirable } from '../schema/openrtb/options.js';
import { type CategoryList, categoryList, taxonomyOf } from './categories.js';
import { type AdmitsLanguage, languageList } from './languages.js';
import { fitMedia, type Offer } from './offers.js';
import { isInsecure } from './secure-markup.js';

/** What a request asks of every bid, ready to be asked. Undefined members ask for nothing. */
export interface Demands {
  readonly admittedSeats: ReadonlySet<string> | undefined;
  readonly blockedSeats: ReadonlySet<string> | undefined;
  /** In lower case. */
  readonly blockedAdvertisers: ReadonlySet<string> | undefined;
  readonly blockedApps: ReadonlySet<string> | undefined;
  readonly blockedCategories: CategoryList | undefined;
  readonly admittedCategories: CategoryList | undefined;
  readonly admitsLanguage: AdmitsLanguage | undefined;
  readonly required: ReadonlySet<Requirable>;
}

/** What an impression asks of every bid on it. */
export interface ImpressionDemands {
  readonly offers: readonly Offer[];
  readonly isSecure: boolean;
}

export type ScreeningReason = OpenRtbLossReason | 'SEAT_BLOCKED';
export type Screening = { readonly offers: readonly Offer[] } | { readonly reason: ScreeningReason };

export function demandsOf(request: BidRequest, required: readonly Requirable[]): Demands {
  const { wseat, bseat, badv, bapp, bcat, acat, cattax, wlang, wlangb } = request;
  return {
    admittedSeats: setOf(wseat),
    blockedSeats: setOf(bseat),
    blockedAdvertisers: setOf(badv?.map((domain) => domain.toLowerCase())),
    blockedApps: setOf(bapp),
    blockedCategories: categoryList(bcat, cattax),
    admittedCategories: categoryList(acat, cattax),
    admitsLanguage: languageList(wlang, wlangb),
    required: new Set(required),
  };
}

/** Why a bid cannot compete on its impression, whatever it pays; or the offers that it fits. The first reason is told. */
export function screen(
  bid: WireBid,
  seat: string | undefined,
  demands: Demands,
  { offers, isSecure }: ImpressionDemands,
): Screening {
  const early = seatReason(seat, demands) ?? declarationReason(bid, demands.required);
  if (early !== undefined) return { reason: early };
  const fit = fitMedia(offers, bid, demands.required);
  if ('reason' in fit) return fit;
  const reason = blockReason(bid, demands) ?? (isSecure && isInsecure(bid) ? 'NOT_SECURE' : undefined);
  return reason === undefined ? fit : { reason };
}

function seatReason(seat: string | undefined, demands: Demands): ScreeningReason | undefined {
  const { admittedSeats, blockedSeats } = demands;
  const isAdmitted = admittedSeats === undefined || (seat !== undefined && admittedSeats.has(seat));
  const isBlocked = seat !== undefined && blockedSeats?.has(seat) === true;
  return isAdmitted && !isBlocked ? undefined : 'SEAT_BLOCKED';
}

function declarationReason(bid: WireBid, required: ReadonlySet<Requirable>): OpenRtbLossReason | undefined {
  if (required.has('crid') && !isSaid(bid.crid)) return 'CREATIVE_ID_MISSING';
  if (required.has('markup') && ![bid.adm, bid.nurl, bid.adid].some(isSaid)) return 'MARKUP_MISSING';
  const domains = bid.adomain ?? [];
  if (required.has('adomain') && domains.length === 0) return 'ADVERTISER_DOMAIN_INVALID';
  return domains.every(isDomainName) ? undefined : 'ADVERTISER_DOMAIN_INVALID';
}

function blockReason(bid: WireBid, demands: Demands): OpenRtbLossReason | undefined {
  const { blockedAdvertisers, blockedApps, admitsLanguage } = demands;
  if (
    blockedAdvertisers !== undefined &&
    (bid.adomain ?? []).some((name) => isWithin(name, blockedAdvertisers))
  )
    return 'ADVERTISER_BLOCKED';
  if (bid.bundle != null && blockedApps?.has(bid.bundle) === true) return 'APP_BLOCKED';
  if (!admitsCategories(bid, demands)) return 'CATEGORY_BLOCKED';
  if (admitsLanguage?.(bid.langb ?? bid.language ?? undefined) === false) return 'LANGUAGE_NOT_ALLOWED';
  return undefined;
}

/** Ids of two taxonomies cannot be compared, so a category of another one is not known to be harmless. */
function admitsCategories({ cat, cattax }: WireBid, demands: Demands): boolean {
  const { blockedCategories: blocked, admittedCategories: admitted } = demands;
  const categories = cat ?? [];
  if (categories.length === 0) return admitted === undefined;
  const taxonomy = taxonomyOf(cattax);
  if (blocked !== undefined && (blocked.taxonomy !== taxonomy || categories.some(blocked.covers)))
    return false;
  return admitted === undefined || (admitted.taxonomy === taxonomy && categories.every(admitted.covers));
}

function isWithin(name: string, domains: ReadonlySet<string>): boolean {
  return isWithinDomains(name.toLowerCase(), domains);
}

/** Labels between dots. Letters of every script may stand in them; what belongs to the address of a page may not. */
const DOMAIN_NAME = /^(?!-)[^\s./:@?#\\]+(?<!-)(?:\.(?!-)[^\s./:@?#\\]+(?<!-))*$/;

function isDomainName(name: string): boolean {
  return DOMAIN_NAME.test(name);
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function setOf(list: readonly string[] | null | undefined): ReadonlySet<string> | undefined {
  return list == null || list.length === 0 ? undefined : new Set(list);
}
