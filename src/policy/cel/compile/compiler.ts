import type { Reading } from '../frame.js';
import type { CelNode } from '../syntax.js';

/**
 * What the parts of the compiler ask each other for. Each answers undefined for a node it has no closure for: then
 * the library interprets the whole rule.
 */
export interface Compiler {
  /** Where an attribute stands in the frame; undefined where no bid can have it. */
  placeOf(attribute: string): number | undefined;
  logic(node: CelNode): Reading<boolean> | undefined;
  double(node: CelNode): Reading<number> | undefined;
  int(node: CelNode): IntReading | undefined;
  text(node: CelNode): Reading<string> | undefined;
  /** The name a macro around the node binds. */
  variable(name: string): Reading<string> | undefined;
  withVariable(name: string, read: Reading<string>): Compiler;
}

/** An integer of at most `max` either way. It stays a plain number as long as that is exact. */
export interface IntReading {
  readonly read: Reading<number>;
  readonly max: number;
}

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';

export function isComparison(op: CelNode['op']): op is Comparison {
  return ['<', '<=', '>', '>=', '==', '!='].includes(op);
}

/** Applies a strict operation: an error on either side is an error. */
export function strictly<T, R>(
  left: Reading<T>,
  right: Reading<T>,
  apply: (left: T, right: T) => R | undefined,
): Reading<R> {
  return (frame) => {
    const a = left(frame);
    if (a === undefined) return undefined;
    const b = right(frame);
    return b === undefined ? undefined : apply(a, b);
  };
}

export function choice<T>(
  condition: Reading<boolean> | undefined,
  yes: Reading<T> | undefined,
  no: Reading<T> | undefined,
): Reading<T> | undefined {
  if (condition === undefined || yes === undefined || no === undefined) return undefined;
  return (frame) => {
    const decided = condition(frame);
    if (decided === undefined) return undefined;
    return decided ? yes(frame) : no(frame);
  };
}
