/** What a caller was told about one round, over all its tries. */
export interface Told {
  readonly status: number;
  readonly recordId: string | undefined;
  readonly body: string;
}

/** One round as a caller sees it: what it sent, and every answer that counts. */
export interface Posted {
  readonly roundId: string;
  readonly body: string;
  /** Rounds without a key are sent once, because sending them again would decide them again. */
  readonly key: string | undefined;
  /** Successes only, replays among them. */
  readonly told: Told[];
}

/** What the callers were promised: a round that was acknowledged is in the trail, once. */
export class Promises {
  readonly posted: Posted[] = [];
  /** Answers that promised nothing, by code. */
  readonly refusals = new Map<string, number>();

  post(roundId: string, body: string, key: string | undefined): Posted {
    const posted = { roundId, body, key, told: [] };
    this.posted.push(posted);
    return posted;
  }

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  get acknowledged(): readonly Posted[] {
    return this.posted.filter(({ told }) => told.length > 0);
  }

  get keyed(): readonly Posted[] {
    return this.posted.filter(({ key }) => key !== undefined);
  }
}
