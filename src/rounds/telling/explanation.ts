import { type Bid, isAward, type Award, type Loss } from '../../auction/model.js';
import type { Verdict } from '../../policy/verdict.js';
import { CARRIED_VERSION } from '../../schema/catalogue.js';
import { explainUtility, writeExplanation } from '../../scoring/explain-utility.js';
import { refusedFor } from '../../scoring/naive.js';
import { lossDetail } from './loss-detail.js';
import type { Round } from '../round.js';

/** What an answer says more about an ending when it is asked to explain: members to be put behind the others. */
export function explanationOf(ending: Award | Loss, round: Round, verdicts: readonly Verdict[]): string {
  const said = verdicts.length === 0 ? '' : `,"verdicts":${asciiJson(verdicts.map(verdictMembers))}`;
  const terms = termsOf(ending.bid, round);
  if (isAward(ending)) return `${said}${terms}`;
  return `,"detail":${asciiJson(detailOf(ending, round, verdicts))}${said}${terms}`;
}

function detailOf(loss: Loss, { ruling }: Round, [binding]: readonly Verdict[]) {
  const detail = lossDetail(loss, binding);
  if (loss.reason !== 'UTILITY_ATTRIBUTE_MISSING' || ruling.profile === undefined) return detail;
  const values = loss.bid.attributes;
  return {
    field: `attributes.${refusedFor(ruling.profile.compiled, { layout: ruling.layout, values }) ?? ''}`,
  };
}

/** A verdict as answers show it. */
export function verdictMembers(verdict: Verdict) {
  const { version, policy, ...members } = verdict;
  return version === CARRIED_VERSION ? { policy, ...members } : { policy, version, ...members };
}

/** How the utility of the bid came about; nothing without a profile, or where the profile refuses the bid. */
function termsOf({ priceMicros, attributes }: Bid, { ruling }: Round): string {
  if (ruling.profile === undefined) return '';
  const explained = explainUtility(ruling.profile.compiled, priceMicros, {
    layout: ruling.layout,
    values: attributes,
  });
  return explained === undefined ? '' : `,"terms":${asciiJson(writeExplanation(explained).terms)}`;
}

const BEYOND_ASCII = /[\u007f-\uffff]/g;

/** An answer is ASCII; sentences of rules need not be. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    BEYOND_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
