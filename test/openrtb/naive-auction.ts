import type { LossReason } from '../../src/base/loss-reasons.js';

/** An OpenRTB auction as the naive twin reads it: plain JSON, no more members than generated requests have. */
export interface NaiveAuction {
  readonly options: NaiveOptions;
  readonly request: NaiveRequest;
  readonly responses: readonly NaiveResponse[];
}

export interface NaiveOptions {
  readonly rates: NaiveRates;
  readonly required: readonly ('crid' | 'markup' | 'adomain' | 'mtype' | 'size' | 'dur')[];
}

export interface NaiveRates {
  readonly id: string;
  readonly base: string;
  readonly rates: Readonly<Record<string, string>>;
}

export interface NaiveRequest {
  readonly id: string;
  readonly at?: 1 | 2;
  readonly imp: readonly NaiveImpression[];
  readonly cur?: readonly string[];
  readonly wseat?: readonly string[];
  readonly bseat?: readonly string[];
  readonly badv?: readonly string[];
  readonly bapp?: readonly string[];
  readonly bcat?: readonly string[];
  readonly acat?: readonly string[];
  readonly cattax?: number;
  readonly wlang?: readonly string[];
  readonly wlangb?: readonly string[];
  readonly ext?: { readonly parley: { readonly increment?: number } };
}

export interface NaiveImpression extends Amounts {
  readonly id: string;
  readonly banner?: NaiveBanner;
  readonly video?: NaiveTimed;
  readonly audio?: NaiveTimed;
  readonly native?: { readonly battr?: readonly number[] };
  readonly secure?: number | boolean;
  readonly qty?: { readonly multiplier: number };
  readonly pmp?: { readonly private_auction?: number; readonly deals?: readonly NaiveDeal[] };
}

interface Amounts {
  readonly bidfloor?: number;
  readonly bidfloorcur?: string;
}

export interface NaiveBanner {
  readonly format?: readonly NaiveFormat[];
  readonly w?: number;
  readonly h?: number;
  readonly battr?: readonly number[];
}

export interface NaiveFormat {
  readonly w?: number;
  readonly h?: number;
  readonly wratio?: number;
  readonly hratio?: number;
  readonly wmin?: number;
}

/** What a video, an audio or a deal says of floors by duration. */
export interface Guidance {
  readonly mincpmpersec?: number;
  readonly durfloors?: readonly {
    readonly mindur?: number;
    readonly maxdur?: number;
    readonly bidfloor?: number;
  }[];
}

export interface NaiveTimed extends Guidance {
  readonly w?: number;
  readonly h?: number;
  readonly minduration?: number;
  readonly maxduration?: number;
  readonly maxextended?: number;
  readonly poddur?: number;
  readonly rqddurs?: readonly number[];
  readonly battr?: readonly number[];
}

export interface NaiveDeal extends Amounts, Guidance {
  readonly id: string;
  readonly at?: 1 | 2 | 3;
  readonly wseat?: readonly string[];
  readonly wadomain?: readonly string[];
}

export interface NaiveResponse {
  readonly id: string;
  readonly cur?: string;
  readonly bidid?: string;
  readonly seatbid: readonly {
    readonly seat?: string;
    readonly group?: number;
    readonly bid: readonly NaiveBid[];
  }[];
}

export interface NaiveBid {
  readonly id: string;
  readonly impid: string;
  readonly price: number;
  readonly dealid?: string;
  readonly adomain?: readonly string[];
  readonly bundle?: string;
  readonly cat?: readonly string[];
  readonly cattax?: number;
  readonly attr?: readonly number[];
  readonly language?: string;
  readonly langb?: string;
  readonly w?: number;
  readonly h?: number;
  readonly wratio?: number;
  readonly hratio?: number;
  readonly dur?: number;
  readonly mtype?: number;
  readonly crid?: string;
  readonly adid?: string;
  readonly adm?: string;
  readonly nurl?: string;
  readonly burl?: string;
  readonly lurl?: string;
}

/** A bid on its way through the auction. */
export interface Entry {
  readonly response: number;
  readonly bidid: string | undefined;
  readonly currency: string;
  readonly seat: string | undefined;
  readonly bid: NaiveBid;
  readonly impression: NaiveImpression | undefined;
  reason: LossReason | undefined;
  /** Whether it came as far as to be put on its impression. */
  isPlaced: boolean;
  /** In the currency of the auction, like the floor. */
  priceMicros: bigint;
  floorMicros: bigint;
  minimumMicros: bigint | undefined;
}
