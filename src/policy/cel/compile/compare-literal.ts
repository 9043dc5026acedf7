import type { Comparison } from './compiler.js';
import type { CelFrame, Reading } from '../frame.js';
import { microsAround } from './price-range.js';

/** Comparisons with a literal: a closure for each operator, because nearly every rule consists of them. */
export type Comparable = number | string | boolean;

export function compareAttribute(op: Comparison, place: number | undefined, limit: number): Reading<boolean> {
  if (place === undefined) return () => undefined;
  return ATTRIBUTE_AGAINST[op](place, limit);
}

type AttributeComparison = (place: number, limit: number) => Reading<boolean>;

const ATTRIBUTE_AGAINST: Record<Comparison, AttributeComparison> = {
  '<': (place, limit) => (frame) => {
    const value = frame.subject.attributes[place]!;
    return value < limit || (Number.isNaN(value) ? undefined : false);
  },
  '<=': (place, limit) => (frame) => {
    const value = frame.subject.attributes[place]!;
    return value <= limit || (Number.isNaN(value) ? undefined : false);
  },
  '>': (place, limit) => (frame) => {
    const value = frame.subject.attributes[place]!;
    return value > limit || (Number.isNaN(value) ? undefined : false);
  },
  '>=': (place, limit) => (frame) => {
    const value = frame.subject.attributes[place]!;
    return value >= limit || (Number.isNaN(value) ? undefined : false);
  },
  '==': (place, limit) => (frame) => {
    const value = frame.subject.attributes[place]!;
    return value === limit || (Number.isNaN(value) ? undefined : false);
  },
  '!=': (place, limit) => (frame) => {
    const value = frame.subject.attributes[place]!;
    return Number.isNaN(value) ? undefined : value !== limit;
  },
};

export function compareAmount(
  op: Comparison,
  micros: (frame: CelFrame) => number,
  limit: number,
): Reading<boolean> {
  const { least, most } = microsAround(limit);
  if (op === '<') return (frame) => micros(frame) < least;
  if (op === '<=') return (frame) => micros(frame) <= most;
  if (op === '>') return (frame) => micros(frame) > most;
  if (op === '>=') return (frame) => micros(frame) >= least;
  const equals = (amount: number) => amount >= least && amount <= most;
  return op === '==' ? (frame) => equals(micros(frame)) : (frame) => !equals(micros(frame));
}

export function compareWithLiteral(
  op: Comparison,
  read: Reading<Comparable>,
  literal: Comparable,
): Reading<boolean> {
  return AGAINST_LITERAL[op](read, literal);
}

type LiteralComparison = (read: Reading<Comparable>, literal: Comparable) => Reading<boolean>;

const AGAINST_LITERAL: Record<Comparison, LiteralComparison> = {
  '<': (read, literal) => (frame) => {
    const value = read(frame);
    return value === undefined ? undefined : value < literal;
  },
  '<=': (read, literal) => (frame) => {
    const value = read(frame);
    return value === undefined ? undefined : value <= literal;
  },
  '>': (read, literal) => (frame) => {
    const value = read(frame);
    return value === undefined ? undefined : value > literal;
  },
  '>=': (read, literal) => (frame) => {
    const value = read(frame);
    return value === undefined ? undefined : value >= literal;
  },
  '==': (read, literal) => (frame) => {
    const value = read(frame);
    return value === undefined ? undefined : value === literal;
  },
  '!=': (read, literal) => (frame) => {
    const value = read(frame);
    return value === undefined ? undefined : value !== literal;
  },
};
