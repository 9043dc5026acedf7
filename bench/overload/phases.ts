import { BROKEN, SUCCESS } from './caller.js';
import { NOT_OFFERED, type Offered, UNANSWERED } from './offered.js';

/** Part of a schedule that is looked at: what was due from here up to there. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Latencies {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
}

/** What became of the requests that were due in a span. */
export interface Phase {
  readonly askedPerSecond: number;
  readonly offeredPerSecond: number;
  readonly goodputPerSecond: number;
  /** By code; successes and requests that were not offered are not in it. */
  readonly refusedPerSecond: Readonly<Record<string, number>>;
  readonly accepted: Latencies;
  readonly refused: Latencies;
}

export function phaseOf(offered: Offered, due: Float64Array, span: Span): Phase {
  const latenciesMs = latenciesByWord(offered, due, span);
  const seconds = (span.toMs - span.fromMs) / 1000;
  const countOf = (word: string): number => latenciesMs.get(word)?.length ?? 0;
  const asked = [...latenciesMs.values()].reduce((total, { length }) => total + length, 0);
  const codes = [...latenciesMs.keys()].filter((word) => word !== SUCCESS && word !== NOT_OFFERED);
  const answered = codes.filter((word) => word !== UNANSWERED && word !== BROKEN);
  return {
    askedPerSecond: asked / seconds,
    offeredPerSecond: (asked - countOf(NOT_OFFERED)) / seconds,
    goodputPerSecond: countOf(SUCCESS) / seconds,
    refusedPerSecond: Object.fromEntries(codes.map((code) => [code, countOf(code) / seconds])),
    accepted: latenciesOf(latenciesMs.get(SUCCESS) ?? []),
    refused: latenciesOf(answered.flatMap((code) => latenciesMs.get(code)!)),
  };
}

/** Which part of the offered requests succeeded, for each short span of the given length. */
export function successShares(
  offered: Offered,
  due: Float64Array,
  { fromMs, toMs }: Span,
  binMs: number,
): readonly number[] {
  const bins = Math.floor((toMs - fromMs) / binMs);
  return Array.from({ length: bins }, (_, bin) => {
    const span = { fromMs: fromMs + bin * binMs, toMs: fromMs + (bin + 1) * binMs };
    const { offeredPerSecond, goodputPerSecond } = phaseOf(offered, due, span);
    return offeredPerSecond === 0 ? 0 : goodputPerSecond / offeredPerSecond;
  });
}

/** Full speed that lasts this long is back; a dip long after has another cause. */
const STEADY_BINS = 5;

/** How long it took until full speed was back to stay; infinite when it never was. */
export function recoverySeconds(shares: readonly number[], binMs: number, fullShare: number): number {
  const first = shares.findIndex(
    (_, bin) =>
      bin + STEADY_BINS <= shares.length &&
      shares.slice(bin, bin + STEADY_BINS).every((share) => share >= fullShare),
  );
  return first === -1 ? Number.POSITIVE_INFINITY : (first * binMs) / 1000;
}

/** The smallest value that at least this share of all values does not exceed; undefined values have none. */
export function percentile(sorted: readonly number[], percent: number): number {
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.max(0, rank - 1)] ?? Number.NaN;
}

function latenciesOf(latenciesMs: readonly number[]): Latencies {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  return {
    p50Ms: percentile(sorted, 50),
    p99Ms: percentile(sorted, 99),
    p999Ms: percentile(sorted, 99.9),
  };
}

function latenciesByWord(
  { outcomes, latenciesMs, words }: Offered,
  due: Float64Array,
  { fromMs, toMs }: Span,
): ReadonlyMap<string, readonly number[]> {
  const byWord = new Map<string, number[]>();
  for (const [index, dueMs] of due.entries()) {
    if (dueMs < fromMs || dueMs >= toMs) continue;
    const word = words[outcomes[index]!]!;
    const known = byWord.get(word);
    if (known === undefined) byWord.set(word, [latenciesMs[index]!]);
    else known.push(latenciesMs[index]!);
  }
  return byWord;
}
