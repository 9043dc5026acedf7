import type { Clock } from '../base/clock.js';
import type { Deadline, SessionAppend, Sessions, SessionState, Snapshot } from '../engine/ledger-port.js';
import { Timetable } from './timetable.js';

/** Bounds of the sessions that a ledger keeps. */
export interface SessionBounds {
  readonly sessionsMax: number;
  readonly eventsPerSessionMax: number;
  readonly deadlinesMax: number;
}

interface MemorySession {
  /** Events that went because a snapshot stands for them. */
  gone: number;
  readonly events: string[];
  snapshot: Snapshot | undefined;
}

/** Sessions in process: what the embedded ledger keeps of negotiations and timed auctions. */
export class MemorySessions implements Sessions {
  readonly #bounds: SessionBounds;
  readonly #clock: Clock;
  readonly #sessions = new Map<string, MemorySession>();
  readonly #ends = new Timetable<string>();
  readonly #deadlines = new Timetable<Deadline>();

  constructor(bounds: SessionBounds, clock: Clock) {
    this.#bounds = bounds;
    this.#clock = clock;
  }

  append(name: string, expected: number, events: readonly string[]): Promise<SessionAppend> {
    this.#forget();
    const known = this.#sessions.get(name);
    const session = known ?? { gone: 0, events: [], snapshot: undefined };
    const version = session.gone + session.events.length;
    if (expected < session.gone) return Promise.resolve({ behindSnapshot: true });
    if (expected > version) return Promise.resolve({ ahead: true });
    if (expected < version)
      return Promise.resolve({ missing: session.events.slice(expected - session.gone) });
    const hasRoom = known !== undefined || this.#sessions.size < this.#bounds.sessionsMax;
    if (!hasRoom || version + events.length > this.#bounds.eventsPerSessionMax)
      return Promise.resolve({ full: true });
    session.events.push(...events);
    this.#sessions.set(name, session);
    return Promise.resolve({ version: version + events.length });
  }

  read(name: string, after: number): Promise<SessionState> {
    this.#forget();
    const session = this.#sessions.get(name);
    if (session === undefined) return Promise.resolve({ version: 0, events: [] });
    const { gone, events, snapshot } = session;
    const version = gone + events.length;
    if (snapshot === undefined || after >= snapshot.version)
      return Promise.resolve({ version, events: events.slice(after - gone) });
    return Promise.resolve({ version, snapshot, events: [...events] });
  }

  saveSnapshot(name: string, snapshot: Snapshot): Promise<void> {
    this.#forget();
    const session = this.#sessions.get(name);
    if (session === undefined) return Promise.resolve();
    const version = session.gone + session.events.length;
    if (snapshot.version <= session.gone || snapshot.version > version) return Promise.resolve();
    session.events.splice(0, snapshot.version - session.gone);
    session.gone = snapshot.version;
    session.snapshot = snapshot;
    return Promise.resolve();
  }

  endSession(name: string, keptMs: number): Promise<void> {
    this.#forget();
    if (this.#sessions.has(name)) this.#ends.set(name, this.#clock.nowMs() + keptMs, name);
    return Promise.resolve();
  }

  armDeadline(deadline: Deadline): Promise<boolean> {
    const key = keyOf(deadline);
    if (this.#deadlines.get(key) === undefined && this.#deadlines.size >= this.#bounds.deadlinesMax)
      return Promise.resolve(false);
    this.#deadlines.set(key, deadline.atMs, deadline);
    return Promise.resolve(true);
  }

  readDue(nowMs: number, limit: number): Promise<readonly Deadline[]> {
    return Promise.resolve(this.#deadlines.due(nowMs, limit));
  }

  disarmDeadline(deadline: Deadline): Promise<void> {
    const key = keyOf(deadline);
    if (this.#deadlines.instantOf(key) === deadline.atMs) this.#deadlines.delete(key);
    return Promise.resolve();
  }

  #forget(): void {
    for (const name of this.#ends.takeDue(this.#clock.nowMs())) this.#sessions.delete(name);
  }
}

function keyOf({ session, name }: Deadline): string {
  return JSON.stringify([session, name]);
}
