import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCel } from '../../../src/policy/cel/check/check-cel.js';
import { CEL_FAULT_CODES, type CelFault } from '../../../src/policy/cel/check/fault.js';
import { CEL_LIMITS } from '../../../src/policy/cel/check/limits.js';

/** Name of the case -> [expression, code, line, column] */
type Refused = Record<string, [string, string, number, number]>;
const REFUSED = JSON.parse(readFileSync(new URL('refused-rules.json', import.meta.url), 'utf8')) as Refused;

function faultsOf(expression: string): readonly CelFault[] {
  const checked = checkCel(expression);
  return 'faults' in checked ? checked.faults : [];
}

describe('checkCel refuses', () => {
  test.each(Object.entries(REFUSED))('%s', (_, [expression, code, line, column]) => {
    const [fault] = faultsOf(expression);
    expect(fault).toMatchObject({ code, line, column });
    expect(fault?.reason).toMatch(/\.$/);
  });

  test('every unknown field in one go', () => {
    const faults = faultsOf('bid.a < 1.0 && lot.b == 2');
    expect(faults.map(({ offset, code }) => [offset, code])).toEqual([
      [0, 'UNKNOWN_FIELD'],
      [15, 'UNKNOWN_FIELD'],
    ]);
  });
});

/** Repeats until the rule is as long as it may be. */
const filled = (part: string, head = '', tail = '') =>
  head + part.repeat(Math.floor((CEL_LIMITS.lengthMax - head.length - tail.length) / part.length)) + tail;

const HOSTILE: Record<string, [string, string]> = {
  'more characters than allowed': [' '.repeat(CEL_LIMITS.lengthMax) + 'true', 'TOO_LONG'],
  'a million characters': ['('.repeat(1_000_000), 'TOO_LONG'],
  brackets: [filled('('), 'TOO_DEEP'],
  'square brackets': [filled('['), 'TOO_DEEP'],
  negations: [filled('!', '', 'true'), 'TOO_LARGE'],
  'a few hundred negations': ['!'.repeat(400) + 'true', 'TOO_DEEP'],
  minuses: [filled('-', '', '1 == 1'), 'TOO_LARGE'],
  members: [filled('.a', 'bid'), 'TOO_DEEP'],
  calls: [filled('size(', '', '"a"'), 'TOO_DEEP'],
  conditions: [filled('true ? true : ', '', 'true'), 'TOO_DEEP'],
  'conditions in conditions': [filled('(true ? '), 'TOO_DEEP'],
  'a long chain of terms': [filled('true && ', '', 'true'), 'TOO_LARGE'],
  'a chain of a hundred terms': ['true || '.repeat(100) + 'true', 'TOO_DEEP'],
  'a long list': [filled('1, ', 'bid.quantity in [', '1]'), 'TOO_LARGE'],
  'many arguments': [filled('1,', 'size(', '1)'), 'TOO_LARGE'],
  'a nest of macros': [filled('bid.domains.all(d, ', '', 'true'), 'TOO_DEEP'],
  'a field walked many times': ['("a" in bid.domains) || '.repeat(20) + 'true', 'TOO_COSTLY'],
};

describe('checkCel survives', () => {
  test.each(Object.entries(HOSTILE))('%s', (_, [expression, code]) => {
    expect(faultsOf(expression)[0]?.code).toBe(code);
  });

  const TOKENS =
    'bid lot round . price seat domains attributes x ( ) [ ] { } , : ? ! - + * / % < <= == != in && || "a" \'b\' r"\\" b"c" ' +
    '1 0.5 1e9 0x1F 2u true false null has size all exists map filter matches d => ; \\ " // \n __proto__ constructor cel int';
  const token = fc.constantFrom(...TOKENS.split(' '));
  const noise = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(' ')),
    fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join('')),
  );

  test('whatever is thrown at it', () => {
    fc.assert(
      fc.property(noise, (expression) => {
        for (const { code, offset, line, column } of faultsOf(expression)) {
          expect(CEL_FAULT_CODES).toContain(code);
          expect(offset).toBeLessThanOrEqual(expression.length);
          expect(expression.split('\n')[line - 1]!.length).toBeGreaterThanOrEqual(column - 1);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
