/** What rules may know about a bid. Amounts are micros; every reference is resolved; nothing is optional. */
export interface Subject {
  readonly seat: string;
  readonly seller: string | undefined;
  readonly dealId: string | undefined;
  readonly lotId: string;
  readonly priceMicros: number;
  readonly quantity: number;
  readonly domains: readonly string[];
  readonly categories: readonly string[];
  /**
   * One row in the order of the attribute layout:
   *
   *     layout      [ 'cost', 'gdprConsent', 'viewability' ]
   *     attributes  [  0.4,    1,             NaN          ]   cost 0.4, consent true, viewability not said
   *
   * True is 1, false is 0, and what a bid does not say is NaN.
   */
  readonly attributes: Float64Array;
}

/** What rules may know about where a bid stands: the lot it is for, and the round. */
export interface Setting {
  readonly lot: LotSetting;
  readonly round: RoundSetting;
}

export interface LotSetting {
  readonly id: string;
  readonly floorMicros: number;
  readonly quantity: number;
}

export interface RoundSetting {
  readonly id: string | undefined;
  readonly format: string;
  readonly currency: string;
  /** How many bids the round has. */
  readonly bids: number;
}
