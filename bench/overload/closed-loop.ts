import { performance } from 'node:perf_hooks';
import { type Caller, SUCCESS } from './caller.js';

/** Successes a second while each caller posts its next round as soon as it has its answer. */
export async function findGoodput(
  callers: readonly Caller[],
  requests: readonly Buffer[],
  seconds: number,
): Promise<number> {
  const startMs = performance.now();
  const endMs = startMs + seconds * 1000;
  let next = 0;
  let succeeded = 0;
  const loop = async (caller: Caller): Promise<void> => {
    while (performance.now() < endMs && caller.isOpen) {
      const word = await answerTo(caller, requests[next++ % requests.length]!);
      if (word === SUCCESS && performance.now() < endMs) succeeded++;
    }
  };
  await Promise.all(callers.map(loop));
  return succeeded / seconds;
}

export function answerTo(caller: Caller, request: Buffer): Promise<string> {
  return new Promise((resolve) => {
    caller.ask(request, resolve);
  });
}
