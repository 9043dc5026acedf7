import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainRoundReader, roundReader } from '../../src/rounds/reading/read-round.js';
import { RuleBook, type RuleRequest } from '../../src/rounds/rules/rule-book.js';
import { scanBids } from '../../src/rounds/reading/scan-bids.js';
import { DEFAULT_ROUND_LIMITS } from '../../src/schema/limits.js';

/** The scanning reader is only a faster way to the same round or refusal as the plain reader. */
const limits = { ...DEFAULT_ROUND_LIMITS, bidsMax: 6, nestingMax: 8 };
const ruleBook = new RuleBook();
const findRuling = (request: RuleRequest) => ruleBook.rulingFor(request);
const scanning = roundReader(limits, findRuling);
const plain = plainRoundReader(limits, findRuling);

function checkText(text: string): void {
  const bytes = Buffer.from(text);
  expect(scanning(bytes)).toEqual(plain(bytes));
}

/** Mostly good, so that whole rounds are; one in sixteen odd. */
function mostly<T>(good: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 15, arbitrary: good }, { weight: 1, arbitrary: odd });
}

const price = mostly(
  fc.integer({ min: 0, max: 500 }).map((cents) => String(cents / 100)),
  fc.constantFrom(
    ...['0', '-0', '1.10', '01', '1.', '.5', '1e3', '1E-7', '0.1234565', '123456789.123456', '9000000000'],
    ...['9000000001', '1e999', '-1', '"1"', 'null', 'NaN', '999999999.999999', '8999999999.999999'],
  ),
);
const seat = mostly(
  fc.constantFrom('alder', 'birch', 'cedar'),
  fc.constantFrom('', 'a b', 'é', '\\u0041', '\\"', 'x'.repeat(129), '__proto__'),
);
const extra = mostly(
  fc.constantFrom(
    '',
    ',"attributes":{"viewability":0.71,"deep":[[1,{"a":null}]]}',
    ',"categories":["IAB1","IAB2"]',
    ',"domains":["shop.example"],"deal":"d1"',
    ',"seller":"s","note":"a\\nb"',
    ',"big":-1.5e10',
  ),
  fc.constantFrom(
    ...[
      ',"attributes":[1]',
      ',"attributes":{"__proto__":1}',
      ',"categories":[1]',
      ',"seller":""',
      ',"bad":tru',
    ],
    ...[
      ',"deal":"d9"',
      ',"quantity":2',
      ',"quantity":1.5',
      ',"quantity":0',
      ',"price":3',
      ',"note":"tab\there"',
    ],
    ',"deep":[[[[[[[[[[]]]]]]]]]]',
  ),
);
const space = fc.constantFrom('', ' ', '\n\t');
const bid = fc
  .record({ seat, lot: mostly(fc.constantFrom('lot', 'l2'), fc.constant('l9')), price, extra, space })
  .map((b) => `"seat":"${b.seat}","lot":"${b.lot}",${b.space}"price":${b.price}${b.extra}${b.space}}`);
const bids = fc
  .array(fc.record({ bid, id: mostly(fc.constant(undefined), seat) }), { maxLength: 7 })
  .map((many) => many.map((one, index) => `{"id":"${one.id ?? `b${index}`}",${one.bid}`).join(','));
const tail = mostly(
  fc.constantFrom('}', '} ', ',"policies":[]}'),
  fc.constantFrom('}}', '', ',"bids":[]}', ',"policies":["p"]}', ',}'),
);
const format = mostly(
  fc.constantFrom('first-price', 'second-price', 'fixed-price'),
  fc.constantFrom('gsp', 'unknown'),
);
const roundText = fc
  .record({ format, bids, tail })
  .map(
    (round) =>
      `{"format":"${round.format}","currency":"USD","lots":[{"id":"lot","deals":[{"id":"d1","domains":["shop.example"]}]},` +
      `{"id":"l2","floor":0.5}],"bids":[${round.bids}]${round.tail}`,
  );

describe('scanned reading', () => {
  test('equals plain reading on generated rounds, good and bad', () => {
    fc.assert(fc.property(roundText, checkText), { numRuns: 4000 });
  });

  test('equals plain reading on damaged text', () => {
    const good =
      '{"id":"r","format":"first-price","currency":"USD","lots":[{"id":"lot"}],' +
      '"bids":[{"id":"b1","seat":"alder","lot":"lot","price":1.25,"categories":["IAB1"],"attributes":{"v":0.5}}]}';
    const damage = fc.record({
      at: fc.nat(good.length - 1),
      put: fc.constantFrom('', '"', '{', ']', ',', '\\', '0', ' ', '\u0000', 'é'),
    });
    const damaged = damage.map(({ at, put }) => good.slice(0, at) + put + good.slice(at + 1));
    fc.assert(fc.property(damaged, checkText), { numRuns: 3000 });
  });

  test('scans ordinary rounds instead of falling back', () => {
    const text =
      '{"format":"first-price","currency":"USD","lots":[{"id":"lot"}],\n "bids":[ {"price": 0.5, "id":"b1","seat":"alder","lot":"lot"} ] }';
    expect(scanBids(Buffer.from(text), text, limits)).toMatchObject({
      bids: [{ id: 'b1', priceMicros: 500_000 }],
    });
  });
});
