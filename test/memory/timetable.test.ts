import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Timetable } from '../../src/memory/timetable.js';

const step = fc.record({
  ask: fc.constantFrom('set', 'set', 'set', 'delete', 'due', 'take due'),
  key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'),
  atMs: fc.nat(30),
});

/** The value of an entry is its key and its instant, so that order among equal instants can be left open. */
test('a timetable answers as a plain map that is sorted for each question', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const table = new Timetable<string>();
      const twin = new Map<string, number>();
      const dueOf = (nowMs: number) =>
        [...twin].filter(([, atMs]) => atMs <= nowMs).sort((a, b) => a[1] - b[1]);
      for (const { ask, key, atMs } of steps) {
        if (ask === 'set') {
          table.set(key, atMs, `${atMs} ${key}`);
          twin.set(key, atMs);
        } else if (ask === 'delete') {
          table.delete(key);
          twin.delete(key);
        } else {
          const due = dueOf(atMs);
          const told = ask === 'due' ? table.due(atMs, 99) : table.takeDue(atMs);
          expect(told.map(instantOf)).toEqual(due.map((entry) => entry[1]));
          expect(told.toSorted()).toEqual(due.map(([name, at]) => `${at} ${name}`).toSorted());
          if (ask === 'take due') for (const [name] of due) twin.delete(name);
        }
        expect([table.size, table.instantOf(key)]).toEqual([twin.size, twin.get(key)]);
      }
    }),
  );
});

test('a timetable whose one entry is moved on and on still knows it alone', () => {
  const table = new Timetable<number>();
  for (let at = 0; at < 10_000; at++) table.set('moved', at, at);
  expect(table.due(9998, 9)).toEqual([]);
  expect(table.due(9999, 9)).toEqual([9999]);
  expect(table.size).toBe(1);
});

test.each([0, 1, 2, 5, 9])('a timetable gives the first %i of what is due, and has them still', (limit) => {
  const table = new Timetable<number>();
  for (const at of [7, 3, 9, 1, 5]) table.set(`key ${at}`, at, at);
  for (let asked = 0; asked < 2; asked++) expect(table.due(8, limit)).toEqual([1, 3, 5, 7].slice(0, limit));
});

function instantOf(value: string): number {
  return Number(value.split(' ')[0]);
}
