import { performance } from 'node:perf_hooks';
import type { Caller } from './caller.js';
import { NOT_OFFERED, type Offered, OfferedLog } from './offered.js';
import { beginningsMs, dueInstantsMs, type Stretch } from './schedule.js';

/** A request sent later than this after it was due tells more about the generator than about the server. */
const LATE_MS_MAX = 10;
const ANSWER_MS_MAX = 5000;
const TICK_MS = 1;

/**
 * Sends each request when it is due, whatever became of those before it, and takes its time from that instant: a
 * server that answers late cannot slow the callers down and so look better (coordinated omission). autocannon cannot
 * do this: with `overallRate` each connection still waits for its answer before it sends again, and the correction
 * of its histogram invents the requests that were never sent.
 */
export async function offer(
  stretches: readonly Stretch[],
  callers: readonly Caller[],
  requests: readonly Buffer[],
): Promise<Offered> {
  const due = dueInstantsMs(stretches);
  const log = new OfferedLog(due.length);
  const free = callers.filter(({ isOpen }) => isOpen);
  const startedAtMs = performance.timeOrigin + performance.now();
  const startMs = performance.now();
  const shares = cpuSharesOf(stretches);
  let underWay = 0;

  const send = (index: number, nowMs: number): void => {
    const dueMs = due[index]!;
    const caller = nowMs - dueMs > LATE_MS_MAX ? undefined : firstOpen(free);
    if (caller === undefined) {
      log.note(index, NOT_OFFERED, 0);
      return;
    }
    underWay++;
    caller.ask(requests[index % requests.length]!, (word) => {
      underWay--;
      log.note(index, word, performance.now() - startMs - dueMs);
      if (caller.isOpen) free.push(caller);
    });
  };

  for (let next = 0; next < due.length;) {
    const nowMs = performance.now() - startMs;
    shares.at(nowMs);
    while (next < due.length && due[next]! <= nowMs) send(next++, nowMs);
    await pause(TICK_MS);
  }
  const deadlineMs = performance.now() + ANSWER_MS_MAX;
  while (underWay > 0 && performance.now() < deadlineMs) await pause(TICK_MS);
  const { outcomes, latenciesMs, words } = log;
  return { outcomes, latenciesMs, words, startedAtMs, cpuShares: shares.end(performance.now() - startMs) };
}

/** All take their turns, because the server closes a connection that is not used for long. */
function firstOpen(free: Caller[]): Caller | undefined {
  let caller = free.shift();
  while (caller?.isOpen === false) caller = free.shift();
  return caller;
}

/** Splits the CPU of this process at the beginnings of the stretches. */
function cpuSharesOf(stretches: readonly Stretch[]) {
  const beginnings = beginningsMs(stretches);
  const readings: { readonly atMs: number; readonly cpuMs: number }[] = [];
  const read = (atMs: number): void => {
    const { user, system } = process.cpuUsage();
    readings.push({ atMs, cpuMs: (user + system) / 1000 });
  };
  return {
    at: (nowMs: number): void => {
      while (readings.length < beginnings.length && beginnings[readings.length]! <= nowMs) read(nowMs);
    },
    end: (nowMs: number): readonly number[] => {
      read(nowMs);
      return readings.slice(1).map(({ atMs, cpuMs }, index) => {
        const before = readings[index]!;
        return (cpuMs - before.cpuMs) / (atMs - before.atMs);
      });
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
