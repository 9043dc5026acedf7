import { readdirSync, readFileSync } from 'node:fs';

/** A golden case: a profile with bids and what they are worth, or a document and why it is refused. */
export interface ProfileCase {
  readonly says: string;
  readonly profile: unknown;
  readonly bids?: readonly CaseBid[];
  readonly prices?: readonly CasePrice[];
  /** JSON pointers of everything that is wrong with the document. */
  readonly faults?: readonly string[];
}

export interface CaseBid {
  readonly price: number;
  readonly attributes?: Record<string, number | boolean>;
  readonly utility?: number;
  readonly terms?: readonly unknown[];
  /** The attribute whose absence refuses the bid, in place of a utility. */
  readonly refusedFor?: string;
}

export interface CasePrice {
  readonly attributes?: Record<string, number | boolean>;
  readonly target: number;
  readonly lowest: number;
  readonly highest: number;
  /** Null when no price of the range reaches the target. */
  readonly price: number | null;
}

const FOLDER = new URL('../cases/profiles/', import.meta.url);

export const PROFILE_CASES: readonly (readonly [string, ProfileCase])[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => [file, JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as ProfileCase]);
