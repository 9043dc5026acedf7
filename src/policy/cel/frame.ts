/** What a rule is evaluated over: one bid, the lot it is for, the round it is part of. Amounts are in micros. */
export interface CelFrame {
  readonly subject: CelSubject;
  readonly lot: CelLot;
  readonly round: CelRound;
}

export interface CelSubject {
  readonly seat: string;
  readonly seller: string | undefined;
  readonly dealId: string | undefined;
  readonly lotId: string;
  readonly priceMicros: number;
  readonly quantity: number;
  readonly domains: readonly string[];
  readonly categories: readonly string[];
  /** In the order of the layout the rule was compiled for; NaN where the bid has none. */
  readonly attributes: Float64Array;
}

export interface CelLot {
  readonly id: string;
  readonly floorMicros: number;
  readonly quantity: number;
}

export interface CelRound {
  readonly id: string | undefined;
  readonly format: string;
  readonly currency: string;
  /** How many bids the round has. */
  readonly bids: number;
}

/** A compiled part of a rule; undefined where CEL has an error, such as a missing attribute. */
export type Reading<T> = (frame: CelFrame) => T | undefined;
