import type { ExplainedAward, LotExplanation, RankedBid, StoppedBid } from '../../../schema/explanation.js';
import type { FormatName } from '../../../schema/round.js';
import { tellChange } from './tell-change.js';
import { tellPrice } from './tell-price.js';
import { amount, offer, plain, plural, who, withoutStop } from './words.js';

/** What became of one lot, in the order in which it happened. */
export function tellLot(lot: LotExplanation, format: FormatName): readonly string[] {
  return [
    `Lot ${lot.lot}: ${termsOf(lot).join('; ')}`,
    ...indented([...stoppedLines(lot), ...rankedLines(lot), ...awardLines(lot, format)]),
  ];
}

function termsOf({ floor, reserve, quantity, slots, privateAuction, deals = [], bids }: LotExplanation) {
  return [
    plural(bids, 'bid'),
    `floor ${amount(floor)}`,
    ...(reserve === undefined ? [] : [`private reserve ${amount(reserve)}`]),
    ...(quantity === undefined ? [] : [plural(quantity, 'unit')]),
    ...(slots === undefined ? [] : [`positions of weight ${slots.join(', ')}`]),
    ...(privateAuction === true ? ['only bids for a deal compete'] : []),
    ...deals.map(
      ({ id, floor: from, format }) =>
        `deal ${id} from ${amount(from)}${format === undefined ? '' : `, ${format}`}`,
    ),
  ];
}

function stoppedLines({ stopped }: LotExplanation): readonly string[] {
  if (stopped.length === 0) return [];
  return ['Stopped', ...indented(stopped.flatMap(stoppedBid))];
}

function stoppedBid(bid: StoppedBid): readonly string[] {
  return [`${offer(bid)}: ${bid.reason} (${bid.code})`, ...indented(lossLines(bid))];
}

type Lost = Pick<StoppedBid, 'sentence' | 'detail' | 'verdicts' | 'change' | 'price'>;

function lossLines({ sentence, detail, verdicts = [], change, price }: Lost): readonly string[] {
  // A rule says with its own numbers what the detail says, and what it asks for stands in the change.
  const numbers = verdicts.length > 0 || change.kind === 'field' ? '' : numbersOf(detail);
  return [`${withoutStop(sentence)}${numbers}.`, ...verdicts.map(tellVerdict), tellChange(change, price)];
}

function numbersOf(detail: StoppedBid['detail']): string {
  const { field, value, limit } = detail ?? { field: '' };
  if (value === undefined || limit === undefined) return '';
  return `: ${field} is ${shown(value)}, needed ${shown(limit)}`;
}

function shown(value: unknown): string {
  return typeof value === 'number' ? amount(value) : plain(value);
}

type Verdict = NonNullable<StoppedBid['verdicts']>[number];

function tellVerdict({ policy, version, rule, effect, field, value, limit, sentence }: Verdict): string {
  const name = `${policy}${version === undefined ? '' : `@${version}`}/${rule}`;
  const said = `${field} is ${plain(value)}, the limit is ${plain(limit)}`;
  return `${name} ${effect === 'deny' ? 'denies' : 'escalates'} it: ${said}.${sentence === undefined ? '' : ` ${sentence}`}`;
}

function rankedLines({ ranked }: LotExplanation): readonly string[] {
  if (ranked.length === 0) return ['Nobody competes.'];
  return ['Ranked, best first', ...indented(ranked.flatMap(rankedBid))];
}

const BEFORE: Readonly<Record<NonNullable<RankedBid['before']>, string>> = {
  utility: 'goes before the next one by its utility',
  price: 'goes before the next one by its price',
  deal: 'level with the next one, and bids for a deal go first',
  'tie-hash': 'level with the next one; its tie hash is the lower one',
  nothing: 'level with the next one; neither can win',
};

function rankedBid(bid: RankedBid): readonly string[] {
  const { place, utility, deal, quantity, tieHash, before, won, terms = [] } = bid;
  const parts = [
    offer(bid),
    ...(utility === undefined ? [] : [`utility ${utility}`]),
    ...(deal === undefined ? [] : [`deal ${deal}`]),
    ...(quantity === undefined ? [] : [plural(quantity, 'unit')]),
    ...(tieHash === undefined ? [] : [`tie hash ${tieHash.slice(0, HASH_SHOWN)}`]),
    won ? 'wins' : `${bid.reason ?? 'lost'} (${bid.code ?? ''})`,
  ];
  const reasons = [
    ...terms.map(({ term, raw, value, weight, contribution }) => {
      return `${term}${raw === undefined ? ' not said' : ` ${raw}`}: value ${value} x weight ${weight} adds ${contribution}`;
    }),
    ...(before === undefined || isPlain(bid) ? [] : [`${capital(BEFORE[before])}.`]),
    ...(bid.change?.kind === 'untried' ? tieLines(bid.detail) : []),
    ...(bid.change === undefined ? [] : [tellChange(bid.change, bid.price)]),
  ];
  return [`${place}. ${parts.join(', ')}`, ...indented(reasons)];
}

/** What is known without trying. */
function tieLines(detail: RankedBid['detail']): readonly string[] {
  return detail?.limit === undefined
    ? []
    : [`At ${shown(detail.limit)} it would have tied with the lowest winner.`];
}

/** That the higher price goes first where nothing but prices counts needs no words. */
function isPlain({ before, utility }: RankedBid): boolean {
  return before === 'price' && utility === undefined;
}

/** Enough of a hash to compare it by eye. */
const HASH_SHOWN = 8;

function awardLines(lot: LotExplanation, format: FormatName): readonly string[] {
  if (lot.awards.length === 0) return ['Nothing is awarded.'];
  return lot.awards.flatMap((award) => {
    const { pays, minimumToWin, provisional = [] } = award;
    const verb = provisional.length === 0 ? 'gets' : 'gets, provisionally,';
    return [
      `${who(award)} ${verb} ${wonWords(award, lot)} and pays ${amount(pays)}${award.quantity > 1 ? ' each' : ''}`,
      ...indented([
        ...tellPrice(award, format),
        `It had to bid ${amount(minimumToWin)} at least.`,
        ...provisional.map(tellVerdict),
      ]),
    ];
  });
}

function wonWords(
  { bid, quantity, slot }: ExplainedAward,
  { ranked, quantity: sold = 1 }: LotExplanation,
): string {
  if (slot !== undefined) return `position ${slot}`;
  if (sold === 1) return 'the lot';
  const asked = ranked.find((each) => each.bid === bid)?.quantity ?? 1;
  return asked === quantity ? plural(quantity, 'unit') : `${quantity} of the ${asked} units it asked for`;
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
