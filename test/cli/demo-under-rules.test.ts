import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/cli/demo/clearing.js';
import { ATTENTION, type Document, HOUSE, TIGHTER_HOUSE } from '../../src/cli/demo/house.js';
import { OUTWEIGHED, STOPPED } from '../../src/cli/demo/ruled-rounds.js';
import type { RoundRequest } from '../../src/schema/round.js';
import type { MarketRound } from '../../src/sim/market.js';
import { engineOf } from '../support/engine.js';
import { bidFrom, LOT, runDemo, tell } from './playing.js';

describe('the rounds under rules', () => {
  test('are told as the engine answers them', async () => {
    const answers = await answersUnderRules();
    const { out } = await runDemo();
    const told = (out.match(/^Under .*\n(?:^ .*\n)+/gm) ?? []).map((part) => part.trimEnd().split('\n'));
    expect(told).toHaveLength(answers.length);
    for (const [at, answer] of answers.entries()) expectTold(told[at]!, answer);
    expect(out.match(/(?<=^ {6})moves up .*$/gm)).toEqual([
      'moves up past birch at 19.60',
      'moves up past birch at 19.60 and rowan at 18.10',
    ]);
    expect(out.match(/(?<=^ {2})(?:policy|profile) [a-z]+@\d/gm)).toEqual([
      'policy house@1',
      'profile attention@1',
      'policy house@2',
    ]);
  });

  test('a rule stops the best bid, the next one moves up and needs a person', async () => {
    const [stopped] = await answersUnderRules();
    expect(stopped).toMatchObject({
      outcome: 'escalated',
      policies: ['house@1'],
      awards: [{ seat: 'rowan', provisional: true, rules: ['house@1/large'] }],
      losses: [
        { seat: 'alder', reason: 'OUTBID' },
        { seat: 'birch', rule: 'house@1/gambling' },
      ],
    });
    expect(priceOf('birch', STOPPED)).toBeGreaterThan(priceOf('rowan', STOPPED));
  });

  test('utility beats the higher price', async () => {
    const [, outweighed] = await answersUnderRules();
    expect(outweighed).toMatchObject({ profile: 'attention@1', awards: [{ seat: 'alder' }] });
    expect(priceOf('maple', OUTWEIGHED)).toBeGreaterThan(priceOf('alder', OUTWEIGHED));
    const [award] = outweighed!.awards;
    const contributions = award!.terms!.map(({ contribution }) => contribution);
    expect(contributions.reduce((a, b) => a + b)).toBeCloseTo(award!.utility!, 9);
  });

  test('under the tighter policy the same round has another winner, and nobody has to approve it', async () => {
    const [, , again] = await answersUnderRules();
    expect(again).toMatchObject({
      outcome: 'cleared',
      policies: ['house@2'],
      awards: [{ seat: 'alder' }],
      losses: [{ rule: 'house@2/gambling' }, { seat: 'rowan', rule: 'house@2/viewable' }],
    });
  });
});

describe('what became of each bid under rules', () => {
  const POLICY = { rules: [{ id: 'cap', kind: 'price-cap', max: 4 }] };
  const LARGE = { rules: [{ id: 'large', kind: 'approval-threshold', above: 2 }] };
  const PROFILE = {
    price: { weight: 1, value: { linear: { from: 0, to: 10 } } },
    attributes: { care: { weight: 1, value: { linear: { from: 0, to: 10 } } } },
  };

  test.each<[string, Pick<RoundRequest, 'policies' | 'profile'>, readonly string[], readonly string[]]>([
    [
      'the next bid moves up',
      { policies: [POLICY] },
      ['alder 3', 'birch 5', 'cedar 6'],
      [
        'won',
        'moves up past cedar at 6.00 and birch at 5.00',
        'lost',
        '/cap: price is 6, limit 4.',
        'lost',
        '/cap',
      ],
    ],
    [
      'a bid that ranked lower is not passed',
      { policies: [POLICY], profile: PROFILE },
      ['alder 3 - 1 9', 'birch 5'],
      ['won', 'price 3 ', 'attributes/care 9 ', 'lost', 'denied by inline-'],
    ],
    ['a person has to look', { policies: [LARGE] }, ['alder 3'], ['won', 'made provisional by inline-']],
    [
      'a rival in utility',
      { profile: PROFILE },
      ['alder 3 - 1 9', 'birch 5 - 1 6', 'cedar 2 - 1 1'],
      ['2.00 would have tied with birch', 'price', 'care', 'lost: needed 6.00 to tie with alder', 'lost: no'],
    ],
    [
      'a floor under every rival',
      { profile: PROFILE },
      ['alder 3 - 1 9', 'birch 2'],
      ['1.00 would have been enough', 'price', 'care', 'lost: no price ties with alder'],
    ],
    [
      'equal utility',
      { profile: PROFILE },
      ['alder 3 - 1 5', 'birch 5 - 1 3'],
      ['won, pays 5.00; after a tie with alder', 'price', 'care', 'lost: level with birch, who won the tie'],
    ],
  ])('%s', (_, rules, bids, words) => {
    const told = tell(LOT, bids.map(bidFrom), rules);
    expect(told).toHaveLength(words.length);
    for (const [at, part] of words.entries()) expect(told[at]).toContain(part);
  });
});

/** What an engine of its own answers to the rounds that the demo makes by hand, in the demo's order. */
async function answersUnderRules(): Promise<readonly Answer[]> {
  const engine = await engineOf();
  const publish = async ({ kind, name, document }: Document) => {
    const bytes = Buffer.from(JSON.stringify(document));
    expect(await engine.publish({ kind, name, bytes, expected: undefined })).toHaveProperty('version');
  };
  const clear = async ({ request }: MarketRound) => {
    const reply = await engine.clearRound(Buffer.from(JSON.stringify(request)));
    if (reply === undefined || 'refusal' in reply) throw new Error('the round is decided');
    return JSON.parse(reply.answer.toString()) as Answer;
  };
  await publish(HOUSE);
  await publish(ATTENTION);
  const before = [await clear(STOPPED), await clear(OUTWEIGHED)];
  await publish(TIGHTER_HOUSE);
  return [...before, await clear(STOPPED)];
}

const VOICES: Readonly<Record<string, string>> = { deny: 'denied', escalate: 'made provisional' };

/** Every line about a bid says what the answer says about it; there are no others but for who moved up. */
function expectTold([heading = '', , , ...lines]: readonly string[], answer: Answer): void {
  const versions = [...(answer.policies ?? []), ...(answer.profile === undefined ? [] : [answer.profile])];
  expect(heading).toMatch(new RegExp(`^Under ${versions.join(' and ')}, first-price: `));
  const awards = answer.awards.map((award) => ({
    ...award,
    ending: `won.* pays ${award.price.toFixed(2)}\\b`,
  }));
  const losses = answer.losses.map((loss) => ({ ...loss, ending: 'lost: ', terms: [] }));
  const facts = [...awards, ...losses].flatMap(({ seat, utility, ending, verdicts = [], terms = [] }) => [
    `^    ${seat} .*${utility === undefined ? '' : `utility ${utility} `}.*${ending}`,
    ...verdicts.map(
      ({ effect, policy, version, rule, field, value, limit, sentence }) =>
        `^      ${VOICES[effect]} by ${policy}@${version}/${rule}: ${field} is ${String(value)}, limit ${String(limit)}\\. ${sentence}$`,
    ),
    ...terms.map(
      ({ term, raw, value, weight, contribution }) =>
        `${term} ${raw} +value ${value}, weight ${weight}: adds ${contribution}$`,
    ),
  ]);
  const unmoved = lines.filter((line) => !line.startsWith('      moves up past '));
  expect(unmoved).toHaveLength(facts.length);
  for (const fact of facts) expect(unmoved).toContainEqual(expect.stringMatching(fact));
}

function priceOf(seat: string, { request }: MarketRound): number {
  return request.bids.find((bid) => bid.seat === seat)!.price;
}
