import { type Refusal, refuse } from '../../base/errors.js';
import { LOSSES } from '../../base/loss-reasons.js';
import type { Explanation } from '../../schema/explanation.js';
import type { DecisionRecord } from '../../schema/record.js';
import { type DecidedAgain, decideAgain } from '../replay/decide-again.js';
import { compareTexts } from '../replay/first-difference.js';
import { readRecord } from '../replay/read-record.js';
import type { RecordedRulings } from '../replay/recorded-rulings.js';
import { explainLot } from './explain-lot.js';
import { Trials } from './trials.js';

export type Explained = { readonly explanation: Explanation } | { readonly refusal: Refusal };

/** Bids that are decided anew to try what would have won: every loser of a round of a hundred, in a quarter of a second. */
const TRIED_BIDS_MAX = 40_000;

/**
 * Tells a decision from its record: it is made again, and what made it is written down. `recordId` is named in it where it is
 * known. Refused when the text is no record of a decision, or names rules that are not here.
 */
export function explainRecord(text: string, rulings: RecordedRulings, recordId?: string): Explained {
  const record = readRecord(text);
  if ('fault' in record) return { refusal: refuse('NOT_FOUND', record.fault) };
  if (!('decision' in record))
    return { refusal: refuse('NOT_FOUND', 'It is a record, but not of a decision.') };
  const again = decideAgain(record.decision, rulings);
  if ('refusal' in again) return again;
  const trials = new Trials(record.decision, again.round.ruling, TRIED_BIDS_MAX);
  return {
    explanation: {
      ...(recordId === undefined ? {} : { record: recordId }),
      ...frameOf(record.decision, again),
      ...differenceOf(text, again),
      lots: again.decision.lots.map((lot) => explainLot(lot, again, trials)),
      ...unreadableOf(record.decision),
    },
  };
}

function frameOf({ id, kind, at, format, currency }: DecisionRecord, { round, decision }: DecidedAgain) {
  const { policies, profile } = round.ruling;
  return {
    round: id,
    kind,
    at: new Date(at).toISOString(),
    format,
    currency,
    outcome: decision.outcome,
    ...(policies.length === 0 ? {} : { policies: policies.map(({ reference }) => reference) }),
    ...(profile === undefined ? {} : { profile: profile.reference }),
  };
}

function differenceOf(stored: string, { text }: DecidedAgain): Pick<Explanation, 'difference'> {
  const replayed = compareTexts(stored, text);
  if (replayed.outcome !== 'different') return {};
  const { pointer, stored: before, recomputed } = replayed.difference;
  return {
    difference: {
      pointer,
      ...(before === undefined ? {} : { stored: before }),
      ...(recomputed === undefined ? {} : { recomputed }),
    },
  };
}

const REASONS = new Map(
  Object.entries(LOSSES).map(([reason, { code, sentence }]) => [code, { reason, sentence }]),
);

function unreadableOf({ unreadable }: DecisionRecord): Pick<Explanation, 'unreadable'> {
  if (unreadable === undefined) return {};
  return {
    unreadable: unreadable.map(({ response, id, seat, loss }) => ({
      response,
      ...(id === undefined ? {} : { bid: id }),
      ...(seat === undefined ? {} : { seat }),
      code: loss,
      ...REASONS.get(loss),
    })),
  };
}
