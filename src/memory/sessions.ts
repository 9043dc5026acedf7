import type { Deadline, SessionAppend, Sessions, SessionState, Snapshot } from '../engine/ledger-port.js';

/** Bounds of the sessions that a ledger keeps. */
export interface SessionBounds {
  readonly sessionsMax: number;
  readonly eventsPerSessionMax: number;
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
  readonly #sessions = new Map<string, MemorySession>();
  readonly #deadlines = new Map<string, Deadline>();

  constructor(bounds: SessionBounds) {
    this.#bounds = bounds;
  }

  append(name: string, expected: number, events: readonly string[]): Promise<SessionAppend> {
    const { sessionsMax, eventsPerSessionMax } = this.#bounds;
    const known = this.#sessions.get(name);
    const session = known ?? { gone: 0, events: [], snapshot: undefined };
    const version = session.gone + session.events.length;
    if (expected < session.gone) return Promise.resolve({ behindSnapshot: true });
    if (expected !== version)
      return Promise.resolve({ missing: session.events.slice(expected - session.gone) });
    const hasRoom = known !== undefined || this.#sessions.size < sessionsMax;
    if (!hasRoom || version + events.length > eventsPerSessionMax) return Promise.resolve({ full: true });
    session.events.push(...events);
    this.#sessions.set(name, session);
    return Promise.resolve({ version: version + events.length });
  }

  read(name: string, after: number): Promise<SessionState> {
    const session = this.#sessions.get(name);
    if (session === undefined) return Promise.resolve({ version: 0, events: [] });
    const { gone, events, snapshot } = session;
    const version = gone + events.length;
    if (snapshot === undefined || after >= snapshot.version)
      return Promise.resolve({ version, events: events.slice(Math.max(0, after - gone)) });
    return Promise.resolve({ version, snapshot, events: events.slice(snapshot.version - gone) });
  }

  saveSnapshot(name: string, snapshot: Snapshot): Promise<void> {
    const session = this.#sessions.get(name);
    if (session !== undefined && snapshot.version > (session.snapshot?.version ?? 0)) {
      session.events.splice(0, snapshot.version - session.gone);
      session.gone = snapshot.version;
      session.snapshot = snapshot;
    }
    return Promise.resolve();
  }

  armDeadline(deadline: Deadline): Promise<void> {
    this.#deadlines.set(keyOf(deadline), deadline);
    return Promise.resolve();
  }

  readDue(nowMs: number, limit: number): Promise<readonly Deadline[]> {
    const due = [...this.#deadlines.values()].filter(({ atMs }) => atMs <= nowMs);
    return Promise.resolve(due.sort((a, b) => a.atMs - b.atMs).slice(0, limit));
  }

  disarmDeadline(deadline: Deadline): Promise<void> {
    const key = keyOf(deadline);
    if (this.#deadlines.get(key)?.atMs === deadline.atMs) this.#deadlines.delete(key);
    return Promise.resolve();
  }
}

function keyOf({ session, name }: Deadline): string {
  return JSON.stringify([session, name]);
}
