import { readdirSync, readFileSync } from 'node:fs';
import type { NaiveAnswer, NaiveRound } from '../auction/naive-round.js';

/** Every file in test/cases/rounds is a case: a round and the answer, or the refusal, it has to get. */
export interface RoundCase {
  readonly says: string;
  readonly round: NaiveRound;
  readonly answer?: NaiveAnswer;
  readonly refusal?: { readonly code: string; readonly path: string };
}

const FOLDER = new URL('../cases/rounds/', import.meta.url);

export const ROUND_CASES = readdirSync(FOLDER).map((file): [string, RoundCase] => [
  file,
  JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as RoundCase,
]);
