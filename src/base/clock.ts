/** The two clocks of a process. Only shells read them; pure rooms get instants as arguments. */
export interface Clock {
  /** Milliseconds since the Unix epoch: the instant written into records. */
  nowMs(): number;
  /** Milliseconds of a clock that never jumps and is the same on every thread: for waiting times. */
  monotonicMs(): number;
}
