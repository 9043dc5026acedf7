import type { Refusal } from '../../base/errors.js';
import { asciiJson } from '../../base/quote.js';
import type { RecordedRulings } from '../replay/recorded-rulings.js';
import { explainRecord } from './explain-record.js';
import { tellExplanation } from './telling/tell-explanation.js';

/** The forms an explanation is told in: for programs, and for people. */
export const TOLD_FORMS = ['json', 'text'] as const;
export type ToldForm = (typeof TOLD_FORMS)[number];

export type Explaining = { readonly checked: string } | { readonly refusal: Refusal };

const SEPARATOR = ' ';

/** What a worker is asked for with a record: the form, and the id of the record. */
export function explainSubject(form: ToldForm, recordId: string): string {
  return `${form}${SEPARATOR}${recordId}`;
}

/** The explanation of a record as it is sent. */
export function explainTold(subject: string, bytes: Buffer, rulings: RecordedRulings): Explaining {
  const [form, recordId] = subject.split(SEPARATOR);
  const explained = explainRecord(bytes.toString(), rulings, recordId);
  if ('refusal' in explained) return explained;
  const { explanation } = explained;
  return { checked: form === 'text' ? tellExplanation(explanation) : asciiJson(explanation) };
}
