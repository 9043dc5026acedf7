import { expect, test } from 'vitest';
import { memoryLedger } from '../support/memory-ledger.js';
import { sessionsConformance } from '../support/sessions-conformance.js';
import { VirtualClock } from '../support/virtual-clock.js';

const KEPT_MS = 1000;

sessionsConformance('the embedded ledger', (eventsPerSessionMax) => {
  const clock = new VirtualClock();
  return { ledger: memoryLedger({ eventsPerSessionMax }, clock), pass: clock.pass };
});

test('the embedded ledger takes so many sessions, and another when one of them has ended and gone', async () => {
  const clock = new VirtualClock();
  const { sessions } = memoryLedger({ sessionsMax: 2 }, clock);
  for (const name of ['a', 'b']) expect(await sessions.append(name, 0, ['first'])).toEqual({ version: 1 });
  await sessions.endSession('a', KEPT_MS);
  clock.pass(KEPT_MS - 1);
  expect(await sessions.append('c', 0, ['first'])).toEqual({ full: true });
  expect(await sessions.read('a', 0)).toEqual({ version: 1, events: ['first'] });
  expect(await sessions.append('b', 1, ['second'])).toEqual({ version: 2 });
  clock.pass(1);
  expect(await sessions.read('a', 0)).toEqual({ version: 0, events: [] });
  expect(await sessions.append('c', 0, ['first'])).toEqual({ version: 1 });
  expect(await sessions.append('a', 0, ['first'])).toEqual({ full: true });
});

test('the embedded ledger arms no more deadlines than it has room for, and still moves those it has', async () => {
  const { sessions } = memoryLedger({ deadlinesMax: 4 });
  const deadlines = Array.from({ length: 9 }, (_, at) => ({ session: 's', name: `step ${at}`, atMs: at }));
  const armed = [];
  for (const deadline of deadlines) if (await sessions.armDeadline(deadline)) armed.push(deadline);
  expect(armed).toEqual(deadlines.slice(0, 4));
  expect(await sessions.armDeadline({ ...armed[0]!, atMs: 20 })).toBe(true);
  await sessions.disarmDeadline(armed[1]!);
  expect(await sessions.armDeadline(deadlines[8]!)).toBe(true);
  expect((await sessions.readDue(99, 9)).map(({ name }) => name)).toEqual([
    'step 2',
    'step 3',
    'step 8',
    'step 0',
  ]);
});
