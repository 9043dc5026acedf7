import type { Verdict } from './report/reaches.js';
import type { Conditions } from './run-group.js';

/** A measurement beside the groups of rows: a question of its own, answered in the same run. */
export interface Part {
  /** What `--only` calls it, and its member in the history. */
  readonly name: string;
  readonly measure: (turns: number, conditions: Conditions, signal: AbortSignal) => Promise<Measured>;
}

export interface Measured {
  /** For the history. */
  readonly figures: object;
  readonly text: string;
  readonly verdicts: readonly Verdict[];
}
