import { referenceTo } from '../../schema/catalogue.js';
import type { Award, DecidedRound, Loss } from './clearing.js';
import { bidOf } from './request-parts.js';
import { amount } from './words.js';

type Verdict = NonNullable<Loss['verdicts']>[number];
type Term = NonNullable<Award['terms']>[number];

/** Why an award was made, where rules or a profile had a say: whom it passed, which rules spoke, what it is worth. */
export function awardReasons(award: Award, round: DecidedRound): readonly string[] {
  const { verdicts = [], terms = [] } = award;
  return [...movedUpLines(award, round), ...verdicts.map(verdictLine), ...termLines(terms)];
}

/** Which rules spoke against a bid, the binding one first. */
export function lossReasons({ verdicts = [] }: Loss): readonly string[] {
  return verdicts.map(verdictLine);
}

/** An award moves up when a rule stopped a bid that ranked before it. */
function movedUpLines(award: Award, round: DecidedRound): readonly string[] {
  const rank = (ending: Award | Loss): number =>
    award.utility === undefined ? bidOf(ending.bid, round).price : (ending.utility ?? -Infinity);
  const passed = round.answer.losses
    .filter((loss) => loss.lot === award.lot && loss.rule !== undefined && rank(loss) > rank(award))
    .sort((a, b) => rank(b) - rank(a))
    .map(({ bid, seat }) => `${seat} at ${amount(bidOf(bid, round).price)}`);
  return passed.length === 0 ? [] : [`moves up past ${passed.join(' and ')}`];
}

function verdictLine({ policy, version, rule, effect, field, value, limit, sentence = '' }: Verdict): string {
  const voice = `${effect === 'deny' ? 'denied' : 'made provisional'} by ${referenceTo(policy, version)}/${rule}`;
  return `${voice}: ${field} is ${plain(value)}, limit ${plain(limit)}. ${sentence}`.trimEnd();
}

function plain(told: unknown): string {
  return typeof told === 'string' ? told : JSON.stringify(told);
}

function termLines(terms: readonly Term[]): readonly string[] {
  const inputs = terms.map(({ term, raw }) => `${term}${raw === undefined ? '' : ` ${raw}`}`);
  const width = Math.max(0, ...inputs.map(({ length }) => length));
  return terms.map(
    ({ value, weight, contribution }, at) =>
      `${inputs[at]!.padEnd(width)}  value ${value}, weight ${weight}: adds ${contribution}`,
  );
}
