import { keyedTieHash } from '../auction/ties.js';
import { type Refusal, refuse } from '../base/errors.js';
import type { RoundOutcome } from '../schema/answer.js';
import type { RoundLimits } from '../schema/limits.js';
import type { OpenRtbOptions } from '../schema/openrtb/options.js';
import type { FormatName } from '../schema/round.js';
import type { Retention } from '../trail/retention.js';
import { checkPolicy, type PolicyChecking } from './check-policy.js';
import { decideRound } from './decide-round.js';
import { type Explaining, explainTold } from './explaining/explain-told.js';
import { textOf } from './openrtb/reading/bid-names.js';
import { recordAnnex } from './openrtb/telling/record-annex.js';
import { type OpenRtbReader, openRtbReader } from './openrtb/reading/read-clearing.js';
import { writeBidResponse } from './openrtb/telling/write-bid-response.js';
import { type RoundReader, roundReader } from './reading/read-round.js';
import { RecordedRulings } from './replay/recorded-rulings.js';
import { countBids, type Round } from './round.js';
import { RuleBook, type RuleRequest } from './rules/rule-book.js';
import { CatalogueReader } from './rules/shared-catalogue.js';
import { writeAnswer } from './telling/write-answer.js';
import { type Decided, writeRecord } from './telling/write-record.js';

/** What surrounds a round: given by the shell, so that the same bytes and circumstances give the same result. */
export interface Circumstances {
  /** The id of a round that brings none. */
  readonly fallbackId: string;
  /** Milliseconds since the epoch, for the record. */
  readonly atMs: number;
  /** How long the round has waited since it arrived. */
  readonly waitedMs: number;
  /** The only seats it may carry bids of; undefined: any. */
  readonly seats?: ReadonlySet<string> | undefined;
}

export interface ClearedRound {
  /** Its own id, or the one it was given. */
  readonly roundId: string;
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
  /** What holds for every OpenRTB auction. */
  readonly openRtb?: OpenRtbOptions;
}

/** One sealed round from bytes to answer and record: what worker, command line and replay all call. */
export class RoundClearer {
  readonly retention: Retention;
  readonly #ruleBook: RuleBook;
  readonly #rulings: RecordedRulings;
  readonly #news: CatalogueReader | undefined;
  readonly #read: RoundReader;
  readonly #readOpenRtb: OpenRtbReader;
  readonly #tieKey: Uint8Array;
  readonly #nestingMax: number;

  constructor(options: ClearingOptions) {
    const ruleBook = new RuleBook();
    this.#ruleBook = ruleBook;
    this.#rulings = new RecordedRulings(ruleBook);
    this.#news = options.catalogue && new CatalogueReader(options.catalogue);
    const findRuling = (request: RuleRequest) => ruleBook.rulingFor(request);
    this.#read = roundReader(options.limits, findRuling);
    this.#readOpenRtb = openRtbReader(options.limits, options.openRtb ?? {}, findRuling);
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

  /** Explains a decision from its record, under the rules that are published here. */
  explain(subject: string, bytes: Buffer): Explaining {
    return explainTold(subject, bytes, this.#rulings);
  }

  clear(bytes: Buffer, circumstances: Circumstances): Clearing {
    const reading = this.#read(bytes, circumstances.seats);
    if ('refusal' in reading) return reading;
    const decided = this.#decide(reading.round, circumstances);
    if ('refusal' in decided) return decided;
    const { id, round, decision } = decided;
    const answer = writeAnswer(id, round, decision);
    return { cleared: this.#cleared(decided, answer, () => writeRecord(decided)) };
  }

  /** An OpenRTB auction: another language, and the same round. */
  clearOpenRtb(bytes: Buffer, circumstances: Circumstances): Clearing {
    const reading = this.#readOpenRtb(bytes, circumstances.seats);
    if ('refusal' in reading) return reading;
    const { auction } = reading;
    const decided = this.#decide(auction.round, circumstances, (name) =>
      textOf(auction.bids.get(name)!.sent),
    );
    if ('refusal' in decided) return decided;
    const answer = writeBidResponse(auction, decided.decision);
    return { cleared: this.#cleared(decided, answer, () => writeRecord(decided, recordAnnex(auction))) };
  }

  /** `tieTextOf` is what stands for a bid in a tie: its id, unless that is not its own. */
  #decide(
    round: Round,
    { fallbackId, atMs, waitedMs }: Circumstances,
    tieTextOf = (bidId: string) => bidId,
  ): Decided | { readonly refusal: Refusal } {
    if (round.tmaxMs !== undefined && waitedMs > round.tmaxMs) return { refusal: refuse('ROUND_EXPIRED') };
    const id = round.id ?? fallbackId;
    const tieHash = keyedTieHash(this.#tieKey, id);
    return { id, atMs, round, decision: decideRound(round, (bidId) => tieHash(tieTextOf(bidId))) };
  }

  #cleared({ id, round, decision }: Decided, answer: string, record: () => string): ClearedRound {
    return {
      roundId: id,
      format: round.format,
      outcome: decision.outcome,
      bids: countBids(round),
      answer,
      record: this.retention === 'off' ? '' : record(),
    };
  }
}
