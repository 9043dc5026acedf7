import { expect, test } from 'vitest';
import { nextStep, type Sight, type Step } from '../../../src/engine/retries/next-step.js';

const NOTHING: Sight = {
  isSameRequest: true,
  isAnswered: false,
  isHere: false,
  isInDoubt: false,
  isAlive: false,
  isFenced: false,
};

test.each<[string, Partial<Sight>, Step]>([
  ['held elsewhere by a node that lives', { isAlive: true }, 'in-flight'],
  ['held elsewhere by a node that died', {}, 'fence'],
  ['held elsewhere by a node that can answer nothing any more', { isFenced: true }, 'take-over'],
  ['fenced although it lives', { isFenced: true, isAlive: true }, 'take-over'],
  ['answered elsewhere', { isAnswered: true, isAlive: true }, 'replay'],
  ['answered by a node that died', { isAnswered: true }, 'replay'],
  ['answered before the fence', { isAnswered: true, isFenced: true }, 'replay'],
  ['held here with nothing in doubt', { isHere: true }, 'decide'],
  ['held here with a block in doubt', { isHere: true, isInDoubt: true }, 'leave-open'],
  ['answered here', { isHere: true, isAnswered: true }, 'replay'],
  [
    'answered here while a later block is in doubt',
    { isHere: true, isAnswered: true, isInDoubt: true },
    'replay',
  ],
  ['of another request, here', { isSameRequest: false, isHere: true }, 'mismatch'],
  ['of another request that is answered', { isSameRequest: false, isAnswered: true }, 'mismatch'],
  ['of another request on a node that died', { isSameRequest: false, isFenced: true }, 'mismatch'],
])('a key %s', (_, sight, step) => {
  expect(nextStep({ ...NOTHING, ...sight })).toBe(step);
});

test('a key that may have an answer is never decided or taken over', () => {
  const facts = ['isSameRequest', 'isAnswered', 'isHere', 'isInDoubt', 'isAlive', 'isFenced'] as const;
  for (let bits = 0; bits < 2 ** facts.length; bits++) {
    const sight = {
      ...NOTHING,
      ...Object.fromEntries(facts.map((fact, at) => [fact, (bits & (2 ** at)) > 0])),
    };
    const isOpen = sight.isHere ? sight.isInDoubt : !sight.isFenced;
    if (isOpen || sight.isAnswered || !sight.isSameRequest) {
      expect(['mismatch', 'replay', 'leave-open', 'in-flight', 'fence']).toContain(nextStep(sight));
    }
  }
});
