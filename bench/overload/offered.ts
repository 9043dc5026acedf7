/** What became of every due request, in the order of the schedule. */
export interface Offered {
  /** Place in `words`, for each due request. */
  readonly outcomes: Uint8Array;
  /** From the instant a request was due to the end of its answer. */
  readonly latenciesMs: Float32Array;
  readonly words: readonly string[];
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  /** CPU of the generator over time, for each stretch; 1 is a whole core. */
  readonly cpuShares: readonly number[];
}

/** A request that could not be sent in time: no caller was free, or the generator itself came too late. */
export const NOT_OFFERED = 'not offered';
export const UNANSWERED = 'unanswered';

/** Collects outcomes while requests are under way. */
export class OfferedLog {
  readonly outcomes: Uint8Array;
  readonly latenciesMs: Float32Array;
  readonly words: string[] = [UNANSWERED];

  constructor(count: number) {
    this.outcomes = new Uint8Array(count);
    this.latenciesMs = new Float32Array(count);
  }

  note(index: number, word: string, latencyMs: number): void {
    let place = this.words.indexOf(word);
    if (place === -1) place = this.words.push(word) - 1;
    this.outcomes[index] = place;
    this.latenciesMs[index] = latencyMs;
  }
}
