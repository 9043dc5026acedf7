import { isWithinDomains } from '../base/domain-names.js';
import type { BidRequest } from '../schema/openrtb/bid-request.js';
import type { WireBid } from '../schema/openrtb/bid-response.js';
import type { Requirable } from '../schema/openrtb/options.js';
import { type CategoryList, categoryList, taxonomyOf } from './categories.js';
import { isDomainName, plainDomain } from './domains.js';
import { type AdmitsLanguage, languageList } from './languages.js';
import { fitMedia, type Misfit, type Offer } from './offers.js';
import { isSaid } from './said.js';
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

export type Screening = { readonly offers: readonly Offer[] } | Misfit;

/** The lists of a request that demands are made of. */
export type AskingLists = Pick<
  BidRequest,
  'wseat' | 'bseat' | 'badv' | 'bapp' | 'bcat' | 'acat' | 'cattax' | 'wlang' | 'wlangb'
>;

export function demandsOf(request: AskingLists, required: readonly Requirable[]): Demands {
  const { wseat, bseat, badv, bapp, bcat, acat, cattax, wlang, wlangb } = request;
  return {
    admittedSeats: setOf(wseat),
    blockedSeats: setOf(bseat),
    blockedAdvertisers: setOf(badv?.map(plainDomain)),
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
  const early = seatMisfit(seat, demands) ?? declarationMisfit(bid, demands.required);
  if (early !== undefined) return early;
  const fit = fitMedia(offers, bid, demands.required);
  if ('reason' in fit) return fit;
  return blockMisfit(bid, demands) ?? (isSecure ? securityMisfit(bid) : undefined) ?? fit;
}

function seatMisfit(seat: string | undefined, demands: Demands): Misfit | undefined {
  const { admittedSeats, blockedSeats } = demands;
  const isAdmitted = admittedSeats === undefined || (seat !== undefined && admittedSeats.has(seat));
  const isBlocked = seat !== undefined && blockedSeats?.has(seat) === true;
  return isAdmitted && !isBlocked ? undefined : { reason: 'SEAT_BLOCKED', field: 'seat' };
}

function declarationMisfit(bid: WireBid, required: ReadonlySet<Requirable>): Misfit | undefined {
  if (required.has('crid') && !isSaid(bid.crid)) return { reason: 'CREATIVE_ID_MISSING', field: 'crid' };
  if (required.has('markup') && ![bid.adm, bid.nurl, bid.adid].some(isSaid))
    return { reason: 'MARKUP_MISSING', field: 'adm' };
  const domains = bid.adomain ?? [];
  const isMissing = required.has('adomain') && domains.length === 0;
  if (isMissing || !domains.every(isDomainName))
    return { reason: 'ADVERTISER_DOMAIN_INVALID', field: 'adomain' };
  return undefined;
}

function blockMisfit(bid: WireBid, demands: Demands): Misfit | undefined {
  const { blockedAdvertisers, blockedApps, admitsLanguage } = demands;
  if (
    blockedAdvertisers !== undefined &&
    (bid.adomain ?? []).some((name) => isWithin(name, blockedAdvertisers))
  )
    return { reason: 'ADVERTISER_BLOCKED', field: 'adomain' };
  if (isSaid(bid.bundle) && blockedApps?.has(bid.bundle) === true)
    return { reason: 'APP_BLOCKED', field: 'bundle' };
  if (!admitsCategories(bid, demands)) return { reason: 'CATEGORY_BLOCKED', field: 'cat' };
  const field = isSaid(bid.langb) ? 'langb' : 'language';
  if (admitsLanguage?.(bid[field] ?? undefined) === false) return { reason: 'LANGUAGE_NOT_ALLOWED', field };
  return undefined;
}

function securityMisfit(bid: WireBid): Misfit | undefined {
  if (!isInsecure(bid)) return undefined;
  return { reason: 'NOT_SECURE', field: isSaid(bid.adm) ? 'adm' : 'nurl' };
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

function setOf(list: readonly string[] | null | undefined): ReadonlySet<string> | undefined {
  return list == null || list.length === 0 ? undefined : new Set(list);
}
