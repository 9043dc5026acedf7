import { keyedTieHash } from '../auction/ties.js';
import { type Refusal, refuse } from '../base/errors.js';
import type { RoundOutcome } from '../schema/answer.js';
import type { RoundLimits } from '../schema/limits.js';
import type { FormatName } from '../schema/round.js';
import type { Retention } from '../trail/retention.js';
import { checkPolicy, type PolicyChecking } from './check-policy.js';
import { decideRound } from './decide-round.js';
import { type RoundReader, roundReader } from './reading/read-round.js';
import { countBids } from './round.js';
import { RuleBook } from './rules/rule-book.js';
import { CatalogueReader } from './rules/shared-catalogue.js';
import { writeAnswer } from './telling/write-answer.js';
import { writeRecord } from './telling/write-record.js';

/** What surrounds a round: given by the shell, so that the same bytes and circumstances give the same result. */
export interface Circumstances {
  /** The id of a round that brings none. */
  readonly fallbackId: string;
  /** Milliseconds since the epoch, for the record. */
  readonly atMs: number;
  /** How long the round has waited since it arrived. */
  readonly waitedMs: number;
}

export interface ClearedRound {
  readonly format: FormatName;
  readonly outcome: RoundOutcome;
  readonly bids: number;
  /** The body of the answer, JSON. */
  readonly answer: string;
  /** The record of the decision, canonical JSON; empty when no records are kept. */
  readonly record: string;
}

export type Clearing = { readonly cleared: ClearedRound } | { readonly refusal: Refusal };

export interface ClearingOptions {
  readonly limits: RoundLimits;
  /** Secret that orders ties. */
  readonly tieKey: Uint8Array;
  /** Policies and profiles, shared with the main thread; undefined: there are none to name. */
  readonly catalogue?: SharedArrayBuffer;
  /** What becomes of the records; they are not even written when nothing is kept. */
  readonly retention: Retention;
}

/** One sealed round from bytes to answer and record: what worker, command line and replay all call. */
export class RoundClearer {
  readonly retention: Retention;
  readonly #ruleBook: RuleBook;
  readonly #news: CatalogueReader | undefined;
  readonly #read: RoundReader;
  readonly #tieKey: Uint8Array;
  readonly #nestingMax: number;

  constructor(options: ClearingOptions) {
    const ruleBook = new RuleBook();
    this.#ruleBook = ruleBook;
    this.#news = options.catalogue && new CatalogueReader(options.catalogue);
    this.#read = roundReader(options.limits, (request) => ruleBook.rulingFor(request));
    this.#tieKey = options.tieKey;
    this.#nestingMax = options.limits.nestingMax;
    this.retention = options.retention;
    // A worker that replaces another finds a whole catalogue; the time of its first batch must not count that.
    this.catchUp();
  }

  /** Takes note of what was published since the last time. A batch is decided under one state of the catalogue. */
  catchUp(): void {
    for (const publication of this.#news?.readNew() ?? []) this.#ruleBook.publish(publication);
  }

  /** Tries a policy on a bid or a round; nothing is recorded. */
  check(reference: string, bytes: Buffer): PolicyChecking {
    return checkPolicy(reference, bytes, {
      read: this.#read,
      tieKey: this.#tieKey,
      nestingMax: this.#nestingMax,
    });
  }

  clear(bytes: Buffer, { fallbackId, atMs, waitedMs }: Circumstances): Clearing {
    const reading = this.#read(bytes);
    if ('refusal' in reading) return reading;
    const { round } = reading;
    if (round.tmaxMs !== undefined && waitedMs > round.tmaxMs) return { refusal: refuse('ROUND_EXPIRED') };
    const id = round.id ?? fallbackId;
    const decision = decideRound(round, keyedTieHash(this.#tieKey, id));
    return {
      cleared: {
        format: round.format,
        outcome: decision.outcome,
        bids: countBids(round),
        answer: writeAnswer(id, round, decision),
        record: this.retention === 'off' ? '' : writeRecord(id, atMs, round, decision),
      },
    };
  }
}
