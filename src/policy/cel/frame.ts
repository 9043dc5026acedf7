import type { Setting, Subject } from '../subject.js';

/** What a rule is evaluated over: one bid, the lot it is for, the round it is part of. Amounts are in micros. */
export interface CelFrame extends Setting {
  readonly subject: Subject;
}

/** A compiled part of a rule; undefined where CEL has an error, such as a missing attribute. */
export type Reading<T> = (frame: CelFrame) => T | undefined;

/**
 * Puts a bid into its setting. A rule looks at one bid at a time and keeps none, so the frame is always the same
 * object, and a bid that passes costs no memory.
 */
export function frameMaker(): (subject: Subject, setting: Setting) => CelFrame {
  let frame: { -readonly [K in keyof CelFrame]: CelFrame[K] } | undefined;
  return (subject, { lot, round }) => {
    if (frame === undefined) return (frame = { subject, lot, round });
    frame.subject = subject;
    frame.lot = lot;
    frame.round = round;
    return frame;
  };
}
