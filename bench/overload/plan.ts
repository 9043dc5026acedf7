import type { Span } from './phases.js';
import { beginningsMs, type Stretch } from './schedule.js';

/** How a run is measured. */
export interface OverloadConditions {
  readonly bids: number;
  readonly bodies: number;
  readonly seed: number;
  /** Callers that look for the peak, each waiting for its answer. */
  readonly closedCallers: number;
  /** Connections of the constant rate. */
  readonly openCallers: number;
  readonly peakTurns: number;
  /** Of a phase, and of a turn of the peak. */
  readonly seconds: number;
  /** At the rate of a phase before it is looked at. */
  readonly warmSeconds: number;
  /** At the low rate after the drop. */
  readonly tailSeconds: number;
}

/** Times the peak. */
export const LOADS = [0.7, 1, 2] as const;
export type Load = (typeof LOADS)[number];
export const LOW: Load = LOADS[0];
export const HIGH: Load = LOADS[2];

export interface Plan {
  readonly stretches: readonly Stretch[];
  readonly phases: ReadonlyMap<Load, { readonly span: Span; readonly stretch: number }>;
  /** After the drop from the highest load to the lowest. */
  readonly tail: Span;
}

/** One schedule without a pause: each load, warm-up first, and in the end the lowest again. */
export function planFor(peakPerSecond: number, conditions: OverloadConditions): Plan {
  const { seconds, warmSeconds, tailSeconds } = conditions;
  const stretches = LOADS.flatMap((load): Stretch[] => [
    { perSecond: load * peakPerSecond, seconds: warmSeconds },
    { perSecond: load * peakPerSecond, seconds },
  ]);
  stretches.push({ perSecond: LOW * peakPerSecond, seconds: tailSeconds });
  const beginnings = beginningsMs(stretches);
  const spanOf = (stretch: number): Span => ({
    fromMs: beginnings[stretch]!,
    toMs: beginnings[stretch]! + stretches[stretch]!.seconds * 1000,
  });
  const phases = LOADS.map(
    (load, index) => [load, { span: spanOf(2 * index + 1), stretch: 2 * index + 1 }] as const,
  );
  return { stretches, phases: new Map(phases), tail: spanOf(stretches.length - 1) };
}
