import type {
  Deadline,
  SessionAppend,
  Sessions,
  SessionState,
  Snapshot,
} from '../../src/engine/ledger-port.js';

/** Sessions the obvious way: every event ever stays, and every question looks at everything. */
export class NaiveSessions implements Sessions {
  readonly #eventsMax: number;
  readonly #events = new Map<string, string[]>();
  readonly #snapshots = new Map<string, Snapshot[]>();
  #deadlines: Deadline[] = [];

  constructor(eventsMax: number) {
    this.#eventsMax = eventsMax;
  }

  append(session: string, expected: number, events: readonly string[]): Promise<SessionAppend> {
    const before = this.#eventsOf(session);
    const snapshot = this.#newestSnapshot(session);
    if (snapshot !== undefined && expected < snapshot.version)
      return Promise.resolve({ behindSnapshot: true });
    if (expected > before.length) return Promise.resolve({ ahead: true });
    if (expected < before.length) return Promise.resolve({ missing: before.slice(expected) });
    if (before.length + events.length > this.#eventsMax) return Promise.resolve({ full: true });
    this.#events.set(session, [...before, ...events]);
    return Promise.resolve({ version: before.length + events.length });
  }

  read(session: string, after: number): Promise<SessionState> {
    const events = this.#eventsOf(session);
    const snapshot = this.#newestSnapshot(session);
    if (snapshot === undefined || snapshot.version <= after)
      return Promise.resolve({ version: events.length, events: events.slice(after) });
    return Promise.resolve({ version: events.length, snapshot, events: events.slice(snapshot.version) });
  }

  saveSnapshot(session: string, snapshot: Snapshot): Promise<void> {
    const former = this.#snapshots.get(session) ?? [];
    const isKnown = former.some(({ version }) => version === snapshot.version);
    if (!isKnown && snapshot.version > 0 && snapshot.version <= this.#eventsOf(session).length)
      this.#snapshots.set(session, [...former, snapshot]);
    return Promise.resolve();
  }

  endSession(): Promise<void> {
    return Promise.resolve();
  }

  armDeadline(deadline: Deadline): Promise<boolean> {
    this.#deadlines = [...this.#deadlines.filter((other) => !isSameDeadline(deadline, other)), deadline];
    return Promise.resolve(true);
  }

  readDue(nowMs: number, limit: number): Promise<readonly Deadline[]> {
    const due = this.#deadlines.filter(({ atMs }) => atMs <= nowMs);
    return Promise.resolve(due.sort((a, b) => a.atMs - b.atMs).slice(0, limit));
  }

  disarmDeadline(deadline: Deadline): Promise<void> {
    this.#deadlines = this.#deadlines.filter(
      (other) => !isSameDeadline(deadline, other) || other.atMs !== deadline.atMs,
    );
    return Promise.resolve();
  }

  #eventsOf(session: string): readonly string[] {
    return this.#events.get(session) ?? [];
  }

  #newestSnapshot(session: string): Snapshot | undefined {
    return (this.#snapshots.get(session) ?? []).toSorted((a, b) => b.version - a.version)[0];
  }
}

function isSameDeadline(one: Deadline, other: Deadline): boolean {
  return one.session === other.session && one.name === other.name;
}
