import type { RecordAddress } from '../base/ids.js';
import type { Publication } from '../schema/catalogue.js';
import type { KeptRetention } from '../trail/retention.js';

/**
 * What the nodes of a deployment share. Memory and Redis pass one conformance suite. Every method throws
 * LedgerUnavailable when the ledger certainly did nothing, and any other error when it may have.
 */
export interface Ledger extends Logs, Publications {
  readonly sessions: Sessions;
  readonly retries: Retries;
  /** The key that orders ties for every node that is given none: the first candidate there ever was. */
  shareTieKey(candidate: Buffer): Promise<Buffer>;
  /** False while the ledger is known to be away: nothing should be decided that could not be recorded. */
  readonly isAvailable: boolean;
  close(): Promise<void>;
}

/** The ledger took nothing: the same may be asked again. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';
}

/** The log of every node, one writer each. */
export interface Logs {
  /**
   * Appends only if the last checkpoint of the node is `expected` (undefined: the log is empty) and nobody has fenced
   * it. The same block again is success; anything else answers what is stored instead.
   */
  append(block: StoredBlock, expected: string | undefined): Promise<AppendResult>;
  /** Undefined when the block was never written, or even its header has gone. */
  readBlock(node: string, number: number): Promise<KeptBlock | undefined>;
  /** Blocks from this number on, oldest first; at most `limit`, and so few that their bodies fit into memory. */
  readBlocks(node: string, from: number, limit: number): Promise<readonly KeptBlock[]>;
  /** The record, or its hash where only digests are kept; undefined when it never was, or has gone. */
  readRecord(address: RecordAddress): Promise<Buffer | undefined>;
  /** Headers from this number on, also of trimmed blocks; ends at the first one that has gone. */
  readHeaders(node: string, from: number, limit: number): Promise<readonly string[]>;
  /** How far a log goes; undefined when there is none. */
  readHead(node: string): Promise<LogState | undefined>;
  /** Every node that has a log, by name, behind `after`. */
  listNodes(after: string, limit: number): Promise<readonly string[]>;
  /** The records of a round that were not trimmed, newest first; at most `limit`. */
  findRecords(roundKey: Buffer, limit: number): Promise<readonly RecordAddress[]>;
  /** Closes the log of a node for ever: no block is taken any more, also none that is on its way. */
  fence(node: string): Promise<void>;
}

/** A block whose body went to make room keeps header and checkpoint. */
export type KeptBlock = StoredBlock | TrimmedBlock;

export interface TrimmedBlock {
  readonly node: string;
  readonly number: number;
  readonly header: string;
  readonly checkpoint: string;
  readonly body: undefined;
}

export interface StoredBlock {
  readonly node: string;
  readonly number: number;
  /** Canonical JSON. */
  readonly header: string;
  /** Signed note. */
  readonly checkpoint: string;
  readonly retention: KeptRetention;
  readonly body: Buffer;
  /** For each record in turn what finds it: see trail/round-key.ts. Empty: no record of the block is found by a round id. */
  readonly roundKeys: Buffer;
  /** Answers that must stand when the records do, in the same write; not given back with the block. */
  readonly answers?: readonly KeptAnswer[];
}

export interface LogState {
  /** Blocks ever written. */
  readonly size: number;
  readonly checkpoint: string;
  /** The first block behind the birth whose body is kept; `size` when there is none. */
  readonly firstKept: number;
  readonly isFenced: boolean;
}

export type AppendResult =
  | { readonly appended: true }
  | { readonly appended: false; readonly stored: string | undefined }
  | { readonly appended: false; readonly fenced: true };

/** Policies and profiles, in the order in which they were published. */
export interface Publications {
  /**
   * Adds the next version of a policy or profile. The same document as the newest version of the name is that version
   * again; `expected`, where given, has to be the newest version (0: there is none).
   */
  publish(draft: Draft, expected: number | undefined): Promise<PublishResult>;
  /** Every publication behind the first `after` ones, in the order they were taken in. */
  readPublications(after: number): Promise<readonly Publication[]>;
  /** Calls whenever another node may have published; answers how to stop. */
  onPublished(listener: () => void): () => void;
}

/** A document that wants to become the next version of its name. */
export type Draft = Omit<Publication, 'version'>;

export type PublishResult =
  | { readonly version: number; readonly isNew: boolean }
  | { readonly stale: { readonly newest: number } }
  | { readonly full: true };

/** Event-sourced sessions: whoever appends names the version it has read, and one of two that race wins. */
export interface Sessions {
  /** Takes these events, at least one, when `expected` stand before them; else answers those that the caller has not seen. */
  append(session: string, expected: number, events: readonly string[]): Promise<SessionAppend>;
  /** The newest snapshot and the events behind it, or only the events behind `after` where that is later. */
  read(session: string, after: number): Promise<SessionState>;
  /** Keeps the state at this version and drops the events before it, unless a newer one is kept, or no such version is. */
  saveSnapshot(session: string, snapshot: Snapshot): Promise<void>;
  /**
   * Lets the session go when so much time has passed, with whatever is appended until then. Asked again, the time begins
   * anew. A session that nobody ends is kept for ever.
   */
  endSession(session: string, keptMs: number): Promise<void>;
  /**
   * Armed before the events that need it are appended; a deadline has one instant, the last that was armed. False when
   * there is no room for another. A deadline outlives its session: only firing or disarming removes it.
   */
  armDeadline(deadline: Deadline): Promise<boolean>;
  /** Deadlines that have passed, earliest first, until they are disarmed. Any node may fire them, and more than one may. */
  readDue(nowMs: number, limit: number): Promise<readonly Deadline[]>;
  /** Only if it is still armed for this instant. */
  disarmDeadline(deadline: Deadline): Promise<void>;
}

export type SessionAppend =
  | { readonly version: number }
  /** Events behind `expected`, for whoever was late. */
  | { readonly missing: readonly string[] }
  /** So far behind that the events have gone: read again. */
  | { readonly behindSnapshot: true }
  /** Fewer than `expected` stand here: the session was ended and has gone, or the ledger lost events. Read again. */
  | { readonly ahead: true }
  | { readonly full: true };

export interface SessionState {
  /** Events ever appended; 0: there is no such session. */
  readonly version: number;
  readonly snapshot?: Snapshot;
  /** Those up to `version`. */
  readonly events: readonly string[];
}

export interface Snapshot {
  readonly version: number;
  readonly state: string;
}

export interface Deadline {
  readonly session: string;
  readonly name: string;
  readonly atMs: number;
}

/**
 * Requests that may be sent again. A reservation says which node decides a key; the answer stands with that node, in the
 * same write as its records. So a key whose node died is settled by fencing the log of the node and looking there.
 * What is kept is kept to its end, and past the bound of bytes no new key is taken.
 */
export interface Retries {
  /**
   * Takes the key for `reservation.node`, unless somebody has it, be it this node. To be kept longer than its answer:
   * an answer that outlives its reservation would be taken for that of the next one.
   */
  reserve(reservation: Reservation, keptMs: number): Promise<Reserved>;
  /** Takes over the key from a node that will not answer any more, unless another was faster. Reserves it if nobody has it. */
  takeOver(reservation: Reservation, from: string, keptMs: number): Promise<Reserved>;
  /** Gives the key back, because nothing was decided: only if the node still has it. */
  release(key: string, node: string): Promise<void>;
  /** The last answer that the node gave for the key; undefined while there is none. */
  readAnswer(node: string, key: string): Promise<Buffer | undefined>;
  /** Keeps an answer that leaves no record, whatever the bound. False when the node was fenced. */
  keepAnswer(node: string, answer: KeptAnswer): Promise<boolean>;
  /** Says that the node is alive, for so long from now on. */
  beat(node: string, aliveMs: number): Promise<void>;
  isAlive(node: string): Promise<boolean>;
}

export interface Reservation {
  /** Of the caller and its Idempotency-Key, 64 hex digits. */
  readonly key: string;
  /** Of the request that came with it, 64 hex digits. */
  readonly fingerprint: string;
  /** The node whose log will have the answer. */
  readonly node: string;
}

export type Reserved =
  | { readonly reserved: true }
  | { readonly reserved: false; readonly holder: Reservation }
  /** There is no room for another key: nothing is forgotten early. */
  | { readonly reserved: false; readonly full: true };

export interface KeptAnswer {
  readonly key: string;
  readonly bytes: Buffer;
  readonly keptMs: number;
}
