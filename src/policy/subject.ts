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
