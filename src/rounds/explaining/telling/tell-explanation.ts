import type { Explanation } from '../../../schema/explanation.js';
import { tellLot } from './tell-lot.js';
import { ruleOfFormat } from './tell-price.js';
import { plain, plural } from './words.js';

const OUTCOME_WORDS: Readonly<Record<Explanation['outcome'], string>> = {
  cleared: 'cleared',
  'no-award': 'nothing was awarded',
  escalated: 'awarded, and a person has to approve',
};

/** An explanation as a person reads it, line by line. */
export function tellExplanation(explanation: Explanation): string {
  const { record, round, format, currency, outcome, at, lots } = explanation;
  const lines = [
    `Round ${round}: ${OUTCOME_WORDS[outcome]}`,
    `${capital(ruleOfFormat(format))}. All amounts in ${currency}.`,
    `Decided ${at}${record === undefined ? '' : `, record ${record}`}${rulesOf(explanation)}.`,
    ...differenceLines(explanation),
    ...lots.flatMap((lot) => ['', ...tellLot(lot, format)]),
    ...unreadableLines(explanation),
  ];
  return `${lines.join('\n')}\n`;
}

function rulesOf({ policies = [], profile }: Explanation): string {
  const names = [...policies, ...(profile === undefined ? [] : [profile])];
  return names.length === 0 ? '' : `, under ${names.join(', ')}`;
}

function differenceLines({ difference }: Explanation): readonly string[] {
  if (difference === undefined) return [];
  const { pointer, stored = 'nothing', recomputed = 'nothing' } = difference;
  return [
    'CAREFUL: deciding again gives another record than the stored one; what follows is the decision made again.',
    `  first difference at ${pointer === '' ? 'the spelling' : pointer}: stored ${stored}, recomputed ${recomputed}`,
  ];
}

function unreadableLines({ unreadable = [] }: Explanation): readonly string[] {
  if (unreadable.length === 0) return [];
  const told = unreadable.map(({ response, bid, seat, code, reason = '', sentence = '' }) => {
    return `  response ${response}, seat ${plain(seat)}, bid ${plain(bid)}: ${reason} (${code}). ${sentence}`;
  });
  return ['', `${capital(plural(unreadable.length, 'bid'))} could not be read`, ...told];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
