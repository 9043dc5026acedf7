import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuElsewhere, memoryIn } from '../../bench/overload/server-use.js';
import { OfferedLog } from '../../bench/overload/offered.js';
import { percentile, phaseOf, recoverySeconds, successShares } from '../../bench/overload/phases.js';
import { HIGH, LOADS, planFor } from '../../bench/overload/plan.js';
import { beginningsMs, dueInstantsMs } from '../../bench/overload/schedule.js';

const STRETCHES = fc.array(
  fc.record({ perSecond: fc.integer({ min: 1, max: 500 }), seconds: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 5 },
);

describe('a schedule', () => {
  test('asks for the rate of each stretch within it, evenly and in order', () => {
    fc.assert(
      fc.property(STRETCHES, (stretches) => {
        const due = [...dueInstantsMs(stretches)];
        expect(due.toSorted((a, b) => a - b)).toEqual(due);
        for (const [index, beginMs] of beginningsMs(stretches).entries()) {
          const { perSecond, seconds } = stretches[index]!;
          const own = due.filter((dueMs) => dueMs >= beginMs && dueMs < beginMs + seconds * 1000);
          expect(own).toHaveLength(perSecond * seconds);
          expect(own[0]).toBe(beginMs);
        }
      }),
    );
  });

  test('offers each load after its warm-up, without a pause, and in the end the lowest again', () => {
    const conditions = { seconds: 8, warmSeconds: 2, tailSeconds: 4 };
    const { stretches, phases, tail } = planFor(1000, { ...CONDITIONS, ...conditions });
    expect(stretches.map(({ perSecond }) => perSecond)).toEqual([700, 700, 1000, 1000, 2000, 2000, 700]);
    expect(LOADS.map((load) => phases.get(load)!.span.fromMs)).toEqual([2000, 12_000, 22_000]);
    expect(tail).toEqual({ fromMs: phases.get(HIGH)!.span.toMs, toMs: 34_000 });
  });
});

test('a percentile is the smallest value that so many do not exceed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(100), { minLength: 1 }),
      fc.integer({ min: 1, max: 100 }),
      (values, percent) => {
        const sorted = values.toSorted((a, b) => a - b);
        const naive = sorted.find(
          (value) => sorted.filter((other) => other <= value).length >= (percent / 100) * sorted.length,
        );
        expect(percentile(sorted, percent)).toBe(naive);
      },
    ),
  );
  expect(percentile([], 99)).toBeNaN();
});

describe('what became of the requests of a phase', () => {
  const due = dueInstantsMs([{ perSecond: 10, seconds: 2 }]);
  const offered = offeredAs(due.length, (index) => {
    if (index < 10) return ['200', 5];
    if (index === 10) return ['not offered', 0];
    return index < 15 ? ['OVERLOADED', 1] : ['200', index];
  });

  test('is counted by what was answered; what was not offered is in neither rate', () => {
    expect(phaseOf(offered, due, { fromMs: 1000, toMs: 2000 })).toEqual({
      askedPerSecond: 10,
      offeredPerSecond: 9,
      goodputPerSecond: 5,
      refusedPerSecond: { OVERLOADED: 4 },
      accepted: { p50Ms: 17, p99Ms: 19, p999Ms: 19 },
      refused: { p50Ms: 1, p99Ms: 1, p999Ms: 1 },
    });
  });

  test('is not mistaken for a quick refusal when there was no answer', () => {
    const lost = offeredAs(due.length, () => undefined);
    const { offeredPerSecond, refusedPerSecond, refused } = phaseOf(lost, due, { fromMs: 0, toMs: 2000 });
    expect([offeredPerSecond, refusedPerSecond, refused.p99Ms]).toEqual([10, { unanswered: 10 }, Number.NaN]);
  });

  test('shows when full speed is back', () => {
    const shares = successShares(offered, due, { fromMs: 1000, toMs: 2000 }, 250);
    expect(shares).toEqual([0, 0, 1, 1]);
    const full = [1, 1, 0.96, 1, 1];
    expect(recoverySeconds([...shares, 1, 1, 1], 250, 0.95)).toBe(0.5);
    expect(recoverySeconds([1, 1, 0.9, ...full], 250, 0.95)).toBe(0.75);
    expect(recoverySeconds([...full, 0.2, 1], 250, 0.95)).toBe(0);
    expect(recoverySeconds([0, 1, 1, 1, 1], 250, 0.95)).toBe(Number.POSITIVE_INFINITY);
  });
});

test('memory is told by the middle of the first and the last quarter of a phase, and its maximum', () => {
  const bytes = [1, 900, 10, 10, 12, 30, 30, 40, 20, 20, 20, 20, 1];
  const readings = bytes.map((each, second) => ({
    atMs: 5000 + 1000 * second,
    bytes: each,
    elsewhereMs: 250 * second,
  }));
  expect(memoryIn(readings, 6000, { fromMs: 1000, toMs: 10_000 })).toEqual({
    startBytes: 10,
    endBytes: 20,
    maxBytes: 40,
  });
  expect(cpuElsewhere(readings, 6000, { fromMs: 1000, toMs: 10_000 })).toBe(0.25);
});

const CONDITIONS = {
  bids: 100,
  bodies: 64,
  seed: 1,
  closedCallers: 1,
  openCallers: 1,
  peakTurns: 1,
  seconds: 1,
  warmSeconds: 1,
  tailSeconds: 1,
};

function offeredAs(count: number, outcomeOf: (index: number) => [string, number] | undefined) {
  const log = new OfferedLog(count);
  for (let index = 0; index < count; index++) {
    const outcome = outcomeOf(index);
    if (outcome !== undefined) log.note(index, ...outcome);
  }
  const { outcomes, latenciesMs, words } = log;
  return { outcomes, latenciesMs, words, startedAtMs: 0, cpuShares: [0] };
}
