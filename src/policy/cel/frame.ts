import type { Subject } from '../subject.js';

/** What a rule is evaluated over: one bid, the lot it is for, the round it is part of. Amounts are in micros. */
export interface CelFrame {
  readonly subject: Subject;
  readonly lot: CelLot;
  readonly round: CelRound;
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
