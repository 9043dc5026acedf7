import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Deadline, Ledger, SessionAppend, Sessions, Snapshot } from '../../src/engine/ledger-port.js';
import { NaiveSessions } from './naive-sessions.js';
import { sessionCommands } from './session-commands.js';
import { until } from './until.js';

const RACERS = 8;
const EVENTS_MAX = 30;
const SHORT_MS = 200;
const HOUR_MS = 3_600_000;
const NOON = 1_800_000_000_000;

/** A ledger, and how its time passes: the time of one that is elsewhere passes by itself. */
export interface SessionsSubject {
  readonly ledger: Ledger;
  readonly pass: (ms: number) => void;
}

/** What every ledger promises about sessions. `create` makes an empty one that takes so many events for each. */
export function sessionsConformance(
  name: string,
  create: (eventsPerSessionMax: number) => SessionsSubject | Promise<SessionsSubject>,
): void {
  describe(`${name}: append`, () => {
    test('takes the first events when none are expected, and counts them', async () => {
      const { sessions } = await subject();
      expect(await sessions.append('s', 0, ['a'])).toEqual({ version: 1 });
      expect(await sessions.append('s', 1, ['b', 'c'])).toEqual({ version: 3 });
      expect(await sessions.read('s', 0)).toEqual({ version: 3, events: ['a', 'b', 'c'] });
    });

    test('gives events back as they were', async () => {
      const { sessions } = await subject();
      const events = ['', '{"text":"\u00fc \\u0000"}', 'line\r\nline', '\0', 'x'.repeat(100_000)];
      await sessions.append('s', 0, events);
      expect((await sessions.read('s', 0)).events).toEqual(events);
    });

    test.each([0, 1, 2])('answers a late one that has read %i of 3 with the rest', async (expected) => {
      const { sessions } = await sessionOf('a', 'b', 'c');
      const missing = ['a', 'b', 'c'].slice(expected);
      expect(await sessions.append('s', expected, ['late'])).toEqual({ missing });
      expect(await sessions.read('s', 0)).toEqual({ version: 3, events: ['a', 'b', 'c'] });
    });

    test.each([
      ['s', 4],
      ['unknown', 1],
    ])('tells who expects more of %s than there is that it is ahead', async (session, expected) => {
      const { sessions } = await sessionOf('a', 'b', 'c');
      expect(await sessions.append(session, expected, ['x'])).toEqual({ ahead: true });
      expect((await sessions.read('s', 0)).version).toBe(3);
      expect(await sessions.read('unknown', 0)).toEqual({ version: 0, events: [] });
    });

    test.each([
      [0, []],
      [2, ['a', 'b']],
    ])('takes one of many that race behind version %i', async (version, before) => {
      const { sessions } = await sessionOf(...before);
      const racers = Array.from({ length: RACERS }, (_, at) => `racer ${at}`);
      const results = await Promise.all(racers.map((racer) => sessions.append('s', version, [racer])));
      const winner = racers[results.findIndex((result) => 'version' in result)]!;
      const lost: SessionAppend = { missing: [winner] };
      expect(results).toEqual(racers.map((racer) => (racer === winner ? { version: version + 1 } : lost)));
      expect((await sessions.read('s', version)).events).toEqual([winner]);
    });

    test('keeps sessions apart, whatever they are called', async () => {
      const { sessions } = await subject();
      const names = ['s', 'S', 's}', '{s}', 's:head', 's:events', 's"', '*'];
      for (const one of names) await sessions.append(one, 0, [`of ${one}`]);
      for (const one of names)
        expect(await sessions.read(one, 0)).toEqual({ version: 1, events: [`of ${one}`] });
    });

    test('is full at the bound, to the event, and still says what is missing', async () => {
      const { sessions } = await subject(3);
      expect(await sessions.append('s', 0, ['a', 'b', 'c', 'd'])).toEqual({ full: true });
      expect(await sessions.append('s', 0, ['a', 'b'])).toEqual({ version: 2 });
      expect(await sessions.append('s', 2, ['c', 'd'])).toEqual({ full: true });
      expect(await sessions.append('s', 2, ['c'])).toEqual({ version: 3 });
      expect(await sessions.append('s', 3, ['d'])).toEqual({ full: true });
      expect(await sessions.append('s', 1, ['d'])).toEqual({ missing: ['b', 'c'] });
      expect(await sessions.append('other', 0, ['a'])).toEqual({ version: 1 });
    });

    test('counts events that a snapshot stands for against the bound', async () => {
      const { sessions } = await subject(3);
      await sessions.append('s', 0, ['a', 'b', 'c']);
      await sessions.saveSnapshot('s', snapshot(3));
      expect(await sessions.append('s', 3, ['d'])).toEqual({ full: true });
    });
  });

  describe(`${name}: snapshots`, () => {
    test.each([
      [0, { version: 4, snapshot: snapshot(2), events: ['c', 'd'] }],
      [1, { version: 4, snapshot: snapshot(2), events: ['c', 'd'] }],
      [2, { version: 4, events: ['c', 'd'] }],
      [3, { version: 4, events: ['d'] }],
      [4, { version: 4, events: [] }],
      [9, { version: 4, events: [] }],
    ])('at version 2 of 4: who has read %i', async (after, state) => {
      const { sessions } = await sessionOf('a', 'b', 'c', 'd');
      await sessions.saveSnapshot('s', snapshot(2));
      expect(await sessions.read('s', after)).toEqual(state);
    });

    test.each<[number, SessionAppend]>([
      [0, { behindSnapshot: true }],
      [1, { behindSnapshot: true }],
      [2, { missing: ['c'] }],
      [3, { version: 4 }],
      [4, { ahead: true }],
    ])('at version 2 of 3: an append behind %i', async (expected, answer) => {
      const { sessions } = await sessionOf('a', 'b', 'c');
      await sessions.saveSnapshot('s', snapshot(2));
      expect(await sessions.append('s', expected, ['d'])).toEqual(answer);
    });

    test.each([
      ['an older one changes nothing', [3, 2], 3],
      ['the same again changes nothing', [2, 2], 2],
      ['a newer one takes its place', [1, 3], 3],
      ['one of no event is none', [0], undefined],
      ['one of events that never were is none', [2, 5], 2],
    ])('%s', async (_, versions, kept) => {
      const { sessions } = await sessionOf('a', 'b', 'c', 'd');
      for (const [at, version] of versions.entries())
        await sessions.saveSnapshot('s', { version, state: `saved as number ${at}` });
      const state = await sessions.read('s', 0);
      const first = versions.findIndex((version) => version === kept);
      expect(state.snapshot).toEqual(
        kept === undefined ? undefined : { version: kept, state: `saved as number ${first}` },
      );
      expect(state.events).toEqual(['a', 'b', 'c', 'd'].slice(kept ?? 0));
    });

    test('that race: the newest stays', async () => {
      const { sessions } = await sessionOf('a', 'b', 'c', 'd');
      await Promise.all([2, 4, 1, 3].map((version) => sessions.saveSnapshot('s', snapshot(version))));
      expect(await sessions.read('s', 0)).toEqual({ version: 4, snapshot: snapshot(4), events: [] });
    });

    test('of an unknown session make none', async () => {
      const { sessions } = await subject();
      await sessions.saveSnapshot('unknown', snapshot(1));
      expect(await sessions.read('unknown', 0)).toEqual({ version: 0, events: [] });
    });
  });

  describe(`${name}: the end of a session`, () => {
    test('lets it go when its time has passed, and leaves all others', async () => {
      const { sessions, pass } = await sessionOf('a', 'b');
      for (const other of ['running', 'kept longer']) await sessions.append(other, 0, ['a']);
      await sessions.saveSnapshot('s', snapshot(1));
      await sessions.endSession('s', SHORT_MS);
      await sessions.endSession('kept longer', HOUR_MS);
      pass(SHORT_MS);
      await until('the session has gone', async () => (await sessions.read('s', 0)).version === 0);
      expect(await sessions.read('s', 0)).toEqual({ version: 0, events: [] });
      expect(await sessions.append('s', 2, ['c'])).toEqual({ ahead: true });
      for (const other of ['running', 'kept longer'])
        expect(await sessions.read(other, 0)).toEqual({ version: 1, events: ['a'] });
    });

    test('takes with it what came later, also behind a snapshot of all', async () => {
      const { sessions, pass } = await sessionOf('a');
      await sessions.saveSnapshot('s', snapshot(1));
      await sessions.endSession('s', SHORT_MS);
      await sessions.append('s', 1, ['b']);
      pass(SHORT_MS);
      await until('the session has gone', async () => (await sessions.read('s', 0)).version === 0);
      expect(await sessions.append('s', 0, ['anew'])).toEqual({ version: 1 });
      expect(await sessions.read('s', 0)).toEqual({ version: 1, events: ['anew'] });
    });

    test('can be moved', async () => {
      const { sessions, pass } = await sessionOf('a');
      await sessions.append('shorter', 0, ['a']);
      for (const one of ['s', 'shorter']) await sessions.endSession(one, SHORT_MS);
      await sessions.endSession('s', HOUR_MS);
      pass(SHORT_MS);
      await until('the other has gone', async () => (await sessions.read('shorter', 0)).version === 0);
      expect((await sessions.read('s', 0)).version).toBe(1);
    });

    test('of an unknown session is none', async () => {
      const { sessions, pass } = await sessionOf('a');
      await sessions.endSession('unknown', SHORT_MS);
      await sessions.endSession('s', SHORT_MS);
      await sessions.append('unknown', 0, ['a']);
      pass(SHORT_MS);
      await until('the other has gone', async () => (await sessions.read('s', 0)).version === 0);
      expect((await sessions.read('unknown', 0)).version).toBe(1);
    });
  });

  describe(`${name}: deadlines`, () => {
    test('are due from their instant on, earliest first, until they are disarmed', async () => {
      const { sessions } = await armed(deadline('b', 20), deadline('a', 30), deadline('c', 10));
      expect(await sessions.readDue(NOON + 9, 9)).toEqual([]);
      expect(await sessions.readDue(NOON + 20, 9)).toEqual([deadline('c', 10), deadline('b', 20)]);
      expect(await sessions.readDue(NOON + 99, 2)).toEqual([deadline('c', 10), deadline('b', 20)]);
      await sessions.disarmDeadline(deadline('c', 10));
      expect(await sessions.readDue(NOON + 99, 2)).toEqual([deadline('b', 20), deadline('a', 30)]);
    });

    test('of many sessions come in order, however many are read at once', async () => {
      const many = Array.from({ length: 60 }, (_, at) => deadline(`s${(at * 37) % 60}`, at));
      const { sessions } = await armed(...many.toSorted((a, b) => a.session.localeCompare(b.session)));
      for (const limit of [1, 7, 60, 100])
        expect(await sessions.readDue(NOON + 99, limit)).toEqual(many.slice(0, limit));
    });

    test.each([5, 25])('have the instant for which they were armed last, as %i', async (moved) => {
      const { sessions } = await armed(deadline('a', 15), deadline('b', 20), deadline('a', moved));
      const both = [deadline('a', moved), deadline('b', 20)].toSorted((a, b) => a.atMs - b.atMs);
      expect(await sessions.readDue(NOON + 99, 9)).toEqual(both);
    });

    test('that were moved are not disarmed by who fires them for the old instant', async () => {
      const { sessions } = await armed(deadline('a', 10), deadline('a', 20));
      await sessions.disarmDeadline(deadline('a', 10));
      expect(await sessions.readDue(NOON + 99, 9)).toEqual([deadline('a', 20)]);
      await sessions.disarmDeadline(deadline('a', 20));
      expect(await sessions.readDue(NOON + 99, 9)).toEqual([]);
    });

    test('that were disarmed can be armed again', async () => {
      const { sessions } = await armed(deadline('a', 10));
      await sessions.disarmDeadline(deadline('a', 10));
      expect(await sessions.armDeadline(deadline('a', 10))).toBe(true);
      expect(await sessions.readDue(NOON + 99, 9)).toEqual([deadline('a', 10)]);
    });

    test('of one session are told apart by their names', async () => {
      const [close, step] = [deadline('a', 10), { ...deadline('a', 20), name: 'step "one"' }];
      const { sessions } = await armed(close, step);
      expect(await sessions.readDue(NOON + 99, 9)).toEqual([close, step]);
      await sessions.disarmDeadline(close);
      expect(await sessions.readDue(NOON + 99, 9)).toEqual([step]);
    });

    test('need no session, so that they can be armed before it begins', async () => {
      const { sessions } = await armed(deadline('unknown', 10));
      expect(await sessions.readDue(NOON + 10, 1)).toEqual([deadline('unknown', 10)]);
      expect(await sessions.read('unknown', 0)).toEqual({ version: 0, events: [] });
    });
  });

  test(`${name}: sessions answer as a naive twin does, whatever is asked in whatever order`, async () => {
    await fc.assert(
      fc.asyncProperty(sessionCommands, async (commands) => {
        const { sessions } = await subject(EVENTS_MAX);
        const twin = new NaiveSessions(EVENTS_MAX);
        for (const command of commands) expect(await command(sessions)).toEqual(await command(twin));
      }),
      { numRuns: 60 },
    );
  });

  async function subject(
    eventsPerSessionMax = 1000,
  ): Promise<{ sessions: Sessions; pass: SessionsSubject['pass'] }> {
    const { ledger, pass } = await create(eventsPerSessionMax);
    return { sessions: ledger.sessions, pass };
  }

  async function sessionOf(...events: readonly string[]) {
    const made = await subject();
    if (events.length > 0) await made.sessions.append('s', 0, events);
    return made;
  }

  async function armed(...deadlines: readonly Deadline[]) {
    const made = await subject();
    for (const one of deadlines) expect(await made.sessions.armDeadline(one)).toBe(true);
    return made;
  }
}

function snapshot(version: number): Snapshot {
  return { version, state: `{"events":${version},"text":"\u00fc"}` };
}

function deadline(session: string, at: number): Deadline {
  return { session, name: 'close', atMs: NOON + at };
}
