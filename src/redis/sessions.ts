import type { Deadline, SessionAppend, Sessions, SessionState, Snapshot } from '../engine/ledger-port.js';
import type { RedisClient } from './client.js';
import { DEADLINE_BUCKETS, deadlinesKey, deadlinesKeyOf, sessionKeys } from './keys.js';
import { listIn, numberIn, textIn, textsIn } from './replies.js';

/** Bounds of the sessions that Redis keeps; how many sessions there may be is a matter of its memory. */
export interface RedisSessionBounds {
  readonly eventsPerSessionMax: number;
  /** Armed at once, about: each bucket takes its share. */
  readonly deadlinesMax: number;
}

/** Sessions of all nodes: each has its keys in one slot. Deadlines lie in buckets, each in a slot of its own. */
export class RedisSessions implements Sessions {
  readonly #client: RedisClient;
  readonly #bounds: RedisSessionBounds;

  constructor(client: RedisClient, bounds: RedisSessionBounds) {
    this.#client = client;
    this.#bounds = bounds;
  }

  async append(session: string, expected: number, events: readonly string[]): Promise<SessionAppend> {
    const args = [expected, this.#bounds.eventsPerSessionMax, ...events];
    const [code, told] = listIn(await this.#client.run('append-events', sessionKeys(session), args));
    switch (textIn(code)) {
      case 'version':
        return { version: numberIn(told) };
      case 'missing':
        return { missing: textsIn(told) };
      case 'behindSnapshot':
        return { behindSnapshot: true };
      case 'ahead':
        return { ahead: true };
      default:
        return { full: true };
    }
  }

  async read(session: string, after: number): Promise<SessionState> {
    const reply = listIn(await this.#client.run('read-session', sessionKeys(session), [after]));
    const [version, snapshot] = [numberIn(reply[0]), numberIn(reply[1])];
    const events = textsIn(reply[3]);
    if (snapshot === 0) return { version, events };
    return { version, snapshot: { version: snapshot, state: textIn(reply[2]) }, events };
  }

  async saveSnapshot(session: string, { version, state }: Snapshot): Promise<void> {
    await this.#client.run('save-snapshot', sessionKeys(session), [version, state]);
  }

  async endSession(session: string, keptMs: number): Promise<void> {
    await this.#client.run('end-session', sessionKeys(session), [keptMs]);
  }

  async armDeadline(deadline: Deadline): Promise<boolean> {
    const { deadlinesMax } = this.#bounds;
    const args = [memberOf(deadline), deadline.atMs, Math.ceil(deadlinesMax / DEADLINE_BUCKETS)];
    return numberIn(await this.#client.run('arm-deadline', [deadlinesKeyOf(deadline.session)], args)) === 1;
  }

  async readDue(nowMs: number, limit: number): Promise<readonly Deadline[]> {
    const buckets = Array.from({ length: DEADLINE_BUCKETS }, (_, bucket) => deadlinesKey(bucket));
    const due = await Promise.all(buckets.map((bucket) => this.#dueIn(bucket, nowMs, limit)));
    return due
      .flat()
      .sort((a, b) => a.atMs - b.atMs)
      .slice(0, limit);
  }

  async disarmDeadline(deadline: Deadline): Promise<void> {
    const args = [memberOf(deadline), deadline.atMs];
    await this.#client.run('disarm-deadline', [deadlinesKeyOf(deadline.session)], args);
  }

  async #dueIn(bucket: string, nowMs: number, limit: number): Promise<readonly Deadline[]> {
    const reply = textsIn(await this.#client.run('read-due', [bucket], [nowMs, limit]));
    const due: Deadline[] = [];
    for (let at = 0; at < reply.length; at += 2) due.push(deadlineIn(reply[at]!, Number(reply[at + 1])));
    return due;
  }
}

function memberOf({ session, name }: Deadline): string {
  return JSON.stringify([session, name]);
}

/** The inverse of memberOf. */
function deadlineIn(member: string, atMs: number): Deadline {
  const [session, name] = JSON.parse(member) as [string, string];
  return { session, name, atMs };
}
