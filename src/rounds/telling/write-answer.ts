import { type Award, type Bid, isAward, type Loss } from '../../auction/model.js';
import { LOSSES } from '../../base/loss-reasons.js';
import { microsToDecimal } from '../../base/money.js';
import { asciiJson, quoteText } from '../../base/quote.js';
import type { Verdict } from '../../policy/verdict.js';
import { nanosToDecimal } from '../../scoring/units.js';
import type { Decision } from '../decide-round.js';
import { explanationOf } from './explanation.js';
import { ruleOf, verdictsOn } from '../rules/spoken.js';
import type { Round } from '../round.js';
import type { Ruling } from '../rules/ruling.js';

/** The body of the answer. Written by hand in a fixed order: the same decision is the same bytes. */
export function writeAnswer(id: string, round: Round, decision: Decision): string {
  let awards = '';
  let losses = '';
  for (const decided of decision.lots) {
    const lotId = quoteText(decided.lot.id);
    for (const ending of decided.endings) {
      const verdicts = verdictsOn(ending, decision.verdicts);
      const explanation = round.explain ? membersOf(explanationOf(ending, round, verdicts)) : '';
      if (isAward(ending)) awards += `,{${awardMembers(ending, lotId, round, verdicts)}${explanation}}`;
      else losses += `,{${lossMembers(ending, lotId, round, verdicts)}${explanation}}`;
    }
  }
  return (
    `{"id":${quoteText(id)},"outcome":"${decision.outcome}","awards":[${awards.slice(1)}]` +
    `,"losses":[${losses.slice(1)}]${citations(round.ruling)}}`
  );
}

function awardMembers(award: Award, lotId: string, round: Round, verdicts: readonly Verdict[]): string {
  const { bid, priceMicros, quantity, slot, minimumToWinMicros } = award;
  const place = slot === undefined ? '' : `,"slot":${slot}`;
  const rules = verdicts.map((verdict) => quoteText(ruleOf(verdict))).join(',');
  const provisional = verdicts.length === 0 ? '' : `,"provisional":true,"rules":[${rules}]`;
  return (
    `"lot":${lotId},"bid":${quoteText(bid.id)},"seat":${quoteText(bid.seat)},"price":${microsToDecimal(priceMicros)}` +
    `,"quantity":${quantity}${place}${utilityMember(bid, round)}` +
    `,"minimumToWin":${microsToDecimal(minimumToWinMicros)}${provisional}`
  );
}

function lossMembers(loss: Loss, lotId: string, round: Round, [binding]: readonly Verdict[]): string {
  const { bid, reason, minimumToWinMicros } = loss;
  const rule = binding === undefined ? '' : `,"rule":${quoteText(ruleOf(binding))}`;
  const utility = round.explain ? utilityMember(bid, round) : '';
  const minimum =
    minimumToWinMicros === undefined ? '' : `,"minimumToWin":${microsToDecimal(minimumToWinMicros)}`;
  return (
    `"bid":${quoteText(bid.id)},"seat":${quoteText(bid.seat)},"lot":${lotId}` +
    `,"code":${LOSSES[reason].code},"reason":"${reason}"${rule}${utility}${minimum}`
  );
}

/** The members of an object, to be put behind others. */
function membersOf(explanation: object): string {
  const text = asciiJson(explanation);
  return text === '{}' ? '' : `,${text.slice(1, -1)}`;
}

function utilityMember({ utilityNanos }: Bid, { ruling }: Round): string {
  if (ruling.scorer === undefined || Number.isNaN(utilityNanos)) return '';
  return `,"utility":${nanosToDecimal(utilityNanos)}`;
}

function citations({ policies, profile }: Ruling): string {
  const named = policies.map(({ reference }) => quoteText(reference)).join(',');
  const cited = profile === undefined ? '' : `,"profile":${quoteText(profile.reference)}`;
  return `${policies.length === 0 ? '' : `,"policies":[${named}]`}${cited}`;
}
