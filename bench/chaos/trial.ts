import type { Random } from '../../src/sim/random.js';

/** One run of one scenario. */
export interface Trial {
  /** How long the load is disturbed. */
  readonly seconds: number;
  readonly random: Random;
  /** What is planted for the check to find; undefined: nothing. */
  readonly canary: Canary | undefined;
}

/**
 * Faults that a sound check must find. `forgetful`: the engines answer before the ledger has the records, and Redis keeps
 * nothing on disk. `amnesic`: Redis forgets which keys were used.
 */
export const CANARIES = ['forgetful', 'amnesic'] as const;
export type Canary = (typeof CANARIES)[number];

export interface Scenario {
  readonly name: string;
  /** What is done to the engines and their ledger. */
  readonly sentence: string;
  readonly run: (trial: Trial) => Promise<Outcome>;
}

export interface Outcome {
  /** What does not fit; empty when every promise was kept. */
  readonly faults: readonly string[];
  /** Figures of the run, in a line. */
  readonly told: string;
}
