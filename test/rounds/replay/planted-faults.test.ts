import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Replayer } from '../../../src/rounds/replay/replay-record.js';
import type { Replayed } from '../../../src/rounds/replay/replayed.js';
import { canonicalJson } from '../../../src/base/canonical-json.js';
import { writePublication } from '../../../src/trail/publication.js';
import { clearOpenRtb } from '../../openrtb/clearing.js';
import { clear } from '../clearing.js';
import { generatedRound } from '../generated-rounds.js';

/** A replay must be able to fail: every fault that is planted here has to be found, and named by its place. */

interface Ending {
  award?: { priceMicros: number };
  loss?: number;
  priceMicros: number;
}

interface RecordJson {
  at: number;
  ties: Record<string, string>;
  lots: { bids: Ending[]; floorMicros?: number }[];
  rates: { rates: Record<string, string> };
  request: { badv: string[] };
  incrementMicros: number;
}

/** Two bids tie, the third is outbid, the fourth is under the floor. */
const ROUND = {
  id: 'r1',
  format: 'second-price',
  currency: 'USD',
  lots: [{ id: 'top', floor: 0.5 }],
  bids: [
    { id: 'b1', seat: 'alder', lot: 'top', price: 1 },
    { id: 'b2', seat: 'birch', lot: 'top', price: 1 },
    { id: 'b3', seat: 'cedar', lot: 'top', price: 0.9 },
    { id: 'b4', seat: 'dogwood', lot: 'top', price: 0.4 },
  ],
};

const AUCTION = {
  request: {
    id: 'a1',
    at: 1,
    cur: ['USD', 'EUR'],
    badv: ['bad.example'],
    imp: [{ id: 'top', bidfloor: 0.5 }],
  },
  responses: [
    responseOf('alder', 'EUR', { price: 2, adomain: ['good.example'] }),
    responseOf('birch', 'USD', { price: 3, adomain: ['www.bad.example'] }),
  ],
  options: { rates: { id: 'rates', base: 'USD', rates: { EUR: '0.5' } } },
};

const FAULTS: readonly (readonly [string, (record: RecordJson) => void, object])[] = [
  [
    'a price changed by a micro',
    ({ lots }) => {
      winnerOf(lots[0]!.bids).award!.priceMicros += 1;
    },
    { stored: '1000001', recomputed: '1000000' },
  ],
  [
    'an award swapped',
    ({ lots: [lot] }) => {
      const [first, second] = lot!.bids;
      [first!.award, second!.award] = [second!.award!, first!.award!];
      [first!.loss, second!.loss] = [second!.loss!, first!.loss!];
    },
    { pointer: '/lots/0/bids/0/award' },
  ],
  [
    'a loss code changed',
    ({ lots }) => {
      lots[0]!.bids[2]!.loss = 103;
    },
    { pointer: '/lots/0/bids/2/loss', stored: '103', recomputed: '102' },
  ],
  [
    'a tie hash changed, so that the other bid wins',
    ({ ties }) => {
      [ties['b1'], ties['b2']] = [ties['b2']!, ties['b1']!];
    },
    { pointer: '/lots/0/bids/0/award' },
  ],
  [
    'a tie hash taken away',
    (record) => {
      record.ties = { b2: record.ties['b2']! };
    },
    { outcome: 'different' },
  ],
  [
    'a tie hash too many',
    ({ ties }) => {
      ties['b3'] = '0'.repeat(32);
    },
    { pointer: '/ties/b3', recomputed: undefined },
  ],
  [
    'the price of a bid changed',
    ({ lots }) => {
      lots[0]!.bids[2]!.priceMicros = 1_100_000;
    },
    { outcome: 'different' },
  ],
  [
    'a floor raised over a bid',
    ({ lots }) => {
      lots[0]!.floorMicros = 950_000;
    },
    { pointer: '/lots/0/bids/2/loss', stored: '102', recomputed: '100' },
  ],
  [
    'a member that no record has',
    (record) => {
      Object.assign(record, { note: 'for later' });
    },
    { pointer: '/note', stored: '"for later"', recomputed: undefined },
  ],
];

describe('a native record with', () => {
  test.each(FAULTS)('%s', (_says, plant, expected) => {
    expect(told(replayChanged(clear(ROUND).record, plant))).toMatchObject({
      outcome: 'different',
      ...expected,
    });
  });

  test('another spelling of the same values', () => {
    const { record } = clear(ROUND);
    expect(told(new Replayer().replay(record.replace('{"at"', '{ "at"')))).toMatchObject({ pointer: '' });
  });

  test('any award a micro dearer or cheaper, whatever the round', () => {
    fc.assert(
      fc.property(generatedRound, fc.constantFrom(1, -1), fc.nat(), (round, micros, which) => {
        const { record } = clear(round);
        const count = record.split('"award"').length - 1;
        fc.pre(count > 0);
        const replayed = replayChanged(record, ({ lots }) => {
          const awarded = lots.flatMap(({ bids }) => bids).filter(({ award }) => award !== undefined);
          awarded[which % count]!.award!.priceMicros += micros;
        });
        expect(told(replayed).pointer).toMatch(/award\/priceMicros$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an OpenRTB record with', () => {
  test.each<readonly [string, (record: RecordJson) => void, object]>([
    [
      'an exchange rate changed',
      ({ rates }) => {
        rates.rates['EUR'] = '0.4';
      },
      { pointer: '/lots/0/bids/0/award/priceMicros', stored: '4000000', recomputed: '5000000' },
    ],
    [
      'a block list changed',
      ({ request }) => {
        request.badv = ['good.example'];
      },
      { pointer: '/lots/0/bids/0/award', recomputed: undefined },
    ],
    [
      'another reason of the screen',
      ({ lots }) => {
        lots[0]!.bids[1]!.loss = 209;
      },
      { pointer: '/lots/0/bids/1/loss', stored: '209', recomputed: '205' },
    ],
    [
      'a price that does not come of what was sent',
      ({ lots }) => {
        lots[0]!.bids[0]!.priceMicros = 4_000_001;
      },
      { pointer: '/lots/0/bids/0/priceMicros', stored: '4000001', recomputed: '4000000' },
    ],
  ])('%s', (_says, plant, expected) => {
    expect(told(replayChanged(clearOpenRtb(AUCTION).record, plant))).toMatchObject({
      outcome: 'different',
      ...expected,
    });
  });
});

describe('a policy in the trail', () => {
  const published = (max: number, at = 1): string => {
    const document = canonicalJson({ rules: [{ id: 'cap', kind: 'price-cap', max }] });
    return writePublication(at, { kind: 'policy', name: 'house', version: 1, document });
  };
  /** As an engine decides under that policy: the record names it instead of carrying it. */
  const decided = (): string => {
    const policies = [{ rules: [{ id: 'cap', kind: 'price-cap', max: 0.95 }] }];
    const { record } = clear({ ...ROUND, policies });
    const named: RecordJson & { policies: unknown } = JSON.parse(record) as RecordJson & {
      policies: unknown;
    };
    named.policies = ['house@1'];
    return canonicalJson(named).replaceAll(/inline-[0-9a-f]{16}/g, 'house@1');
  };

  test('is what its decisions are replayed under', () => {
    expect(replayAll([published(0.95), decided()])).toEqual(['read', 'equal']);
  });

  test('that was changed gives another decision', () => {
    const replayer = new Replayer();
    replayer.learn(published(0.85));
    expect(told(replayer.replay(decided()))).toMatchObject({ pointer: '/lots/0/bids/2/award' });
  });

  test('may stand there twice', () => {
    expect(replayAll([published(0.95), published(0.95, 2)])).toEqual(['read', 'read']);
  });

  test('that stands there twice has to be the same', () => {
    const replayer = new Replayer();
    replayer.learn(published(0.95));
    expect(told(replayer.replay(published(0.85, 2)))).toMatchObject({
      pointer: '/document/rules/0/max',
      stored: '0.85',
      recomputed: '0.95',
    });
  });

  test('that is missing is named', () => {
    expect(new Replayer().replay(decided())).toEqual({
      outcome: 'lacks-rules',
      reason: 'The record of the policy house@1 is not here.',
    });
  });
});

describe('what is no record', () => {
  test.each<readonly [string, string, RegExp]>([
    ['no JSON', '{', /no record/],
    ['a text', '"record"', /no record/],
    ['another kind', '{"kind":"session"}', /no records of the kind "session"/],
    ['a half', '{"kind":"round"}', /does not fit at/],
    ['a policy without rules', writePublicationOf({}), /house@1/],
    ['an auction that sells a lot twice', twice(clearOpenRtb(AUCTION).record), /share|twice|id/i],
  ])('%s', (_says, text, reason) => {
    const replayed = new Replayer().replay(text);
    expect(replayed).toMatchObject({ outcome: 'impossible' });
    expect('reason' in replayed && replayed.reason).toMatch(reason);
  });

  test('never breaks the replay, whatever is changed in a record', () => {
    const { record } = clear(ROUND);
    const auction = clearOpenRtb(AUCTION).record;
    fc.assert(
      fc.property(fc.constantFrom(record, auction), fc.nat(), fc.string(), (text, place, put) => {
        const at = place % text.length;
        new Replayer().replay(text.slice(0, at) + put + text.slice(at + put.length));
      }),
      { numRuns: 500 },
    );
  });
});

function replayChanged(text: string, change: (record: RecordJson) => void): Replayed {
  const record = JSON.parse(text) as RecordJson;
  change(record);
  return new Replayer().replay(canonicalJson(record));
}

function replayAll(records: readonly string[]): readonly string[] {
  const replayer = new Replayer();
  return records.map((record) => replayer.replay(record).outcome);
}

function told(replayed: Replayed): { outcome: string; pointer?: string; stored?: string | undefined } {
  return { outcome: replayed.outcome, ...('difference' in replayed ? replayed.difference : replayed) };
}

function winnerOf(bids: readonly Ending[]): Ending {
  return bids.find(({ award }) => award !== undefined)!;
}

function responseOf(seat: string, cur: string, bid: object): object {
  return { id: 'a1', cur, seatbid: [{ seat, bid: [{ id: 'b', impid: 'top', ...bid }] }] };
}

function writePublicationOf(document: object): string {
  return writePublication(1, {
    kind: 'policy',
    name: 'house',
    version: 1,
    document: JSON.stringify(document),
  });
}

function twice(text: string): string {
  const record = JSON.parse(text) as RecordJson;
  return canonicalJson({ ...record, lots: [...record.lots, ...record.lots] });
}
