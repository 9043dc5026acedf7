import fc from 'fast-check';
import { TEXTS } from './frames.js';
import { isTooMuch } from './rule-of.js';

/** Sound rules, as text: every type has its literals, its fields and the operators that answer it. */
const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='];
const EQUALITIES = ['==', '!='];

const quoted = fc.constantFrom(...TEXTS).map((text) => JSON.stringify(text));
const wholeNumber = fc.oneof(
  fc.integer({ min: 0, max: 4 }).map(String),
  fc.constantFrom('16777216', '9007199254740993', '9223372036854775807'),
);
const decimal = fc.oneof(
  fc.constantFrom(
    '0.0',
    '0.5',
    '1.0',
    '5.1',
    '5.10',
    '5.100001',
    '5.1000005',
    '-2.0',
    '1e300',
    '8999999999.999999',
  ),
  fc.double({ min: 0, max: 20, noNaN: true }).map((value) => (value + 1e-7).toFixed(9)),
);
const textField = fc.constantFrom(
  'bid.seat',
  'bid.seller',
  'bid.deal',
  'lot.id',
  'round.format',
  'round.currency',
);
const listField = fc.constantFrom('bid.domains', 'bid.categories');
const attribute = fc.constantFrom(
  'bid.attributes.viewability',
  'bid.attributes.latency',
  'bid.attributes["brand-safety"]',
  'bid.attributes.unknown',
);
const presence = fc.constantFrom(
  'has(bid.attributes.viewability)',
  '("brand-safety" in bid.attributes)',
  'has(bid.attributes.unknown)',
);

const operation = (operands: fc.Arbitrary<string>, operators: readonly string[]) =>
  fc
    .tuple(operands, fc.constantFrom(...operators), operands)
    .map(([left, operator, right]) => `(${left} ${operator} ${right})`);
const conditional = (condition: fc.Arbitrary<string>, branches: fc.Arbitrary<string>) =>
  fc.tuple(condition, branches, branches).map(([asked, yes, no]) => `(${asked} ? ${yes} : ${no})`);
const listOf = (elements: fc.Arbitrary<string>) =>
  fc.array(elements, { maxLength: 3 }).map((members) => `[${members.join(', ')}]`);

const { rule } = fc.letrec<Record<'rule' | 'double' | 'int' | 'text', string>>((tie) => ({
  double: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    decimal,
    fc.constantFrom('bid.price', 'lot.floor'),
    attribute,
    operation(tie('double'), ['+', '-', '*', '/']),
    tie('double').map((value) => `-(${value})`),
    tie('int').map((value) => `double(${value})`),
    conditional(tie('rule'), tie('double')),
  ),
  int: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    wholeNumber,
    fc.constantFrom('bid.quantity', 'lot.quantity', 'round.bids'),
    listField.map((list) => `size(${list})`),
    tie('text').map((value) => `${value}.size()`),
    operation(tie('int'), ['+', '-', '*', '/', '%']),
    tie('int').map((value) => `-(${value})`),
    conditional(tie('rule'), tie('int')),
  ),
  text: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    quoted,
    textField,
    operation(tie('text'), ['+']),
    tie('text').map((value) => `${value}.lowerAscii()`),
    fc.tuple(listField, tie('int')).map(([list, place]) => `${list}[${place}]`),
    conditional(tie('rule'), tie('text')),
  ),
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    presence,
    operation(fc.oneof(decimal, attribute, fc.constantFrom('bid.price', 'lot.floor')), COMPARISONS),
    fc.constantFrom('true', 'false'),
    operation(tie('double'), COMPARISONS),
    operation(tie('int'), COMPARISONS),
    operation(tie('text'), COMPARISONS),
    operation(tie('rule'), EQUALITIES),
    operation(tie('rule'), ['&&', '||']),
    operation(tie('rule'), ['&&', '||']),
    tie('rule').map((value) => `!${value}`),
    conditional(tie('rule'), tie('rule')),
    fc.tuple(tie('text'), listField).map(([value, list]) => `(${value} in ${list})`),
    fc.tuple(tie('text'), listOf(quoted)).map(([value, list]) => `(${value} in ${list})`),
    fc.tuple(tie('double'), listOf(decimal)).map(([value, list]) => `(${value} in ${list})`),
    fc.tuple(tie('int'), listOf(wholeNumber)).map(([value, list]) => `(${value} in ${list})`),
    fc
      .tuple(tie('text'), fc.constantFrom('startsWith', 'endsWith', 'contains'), tie('text'))
      .map(([value, method, part]) => `${value}.${method}(${part})`),
    fc
      .tuple(
        listField,
        fc.constantFrom('all', 'exists', 'exists_one'),
        fc.constantFrom(
          'n == "a"',
          'n.startsWith("IAB")',
          'n < bid.seat',
          'bid.attributes.viewability > 0.0 || n == "a"',
          'n.contains("b") && bid.quantity / round.bids > 1',
        ),
      )
      .map(([list, macro, predicate]) => `${list}.${macro}(n, ${predicate})`),
  ),
}));

export const expressions: fc.Arbitrary<string> = rule.filter((expression) => !isTooMuch(expression));
