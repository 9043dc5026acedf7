import { expect } from 'vitest';
import type { threeLogs } from '../support/exported-trail.js';
import type { Given } from './verifying.js';

export type Trail = Awaited<ReturnType<typeof threeLogs>>;

export interface Tampering {
  readonly says: string;
  /** The lines as somebody left them, each with its line feed. */
  readonly lines: (lines: readonly string[], trail: Trail) => readonly string[];
  readonly given?: (trail: Trail) => Given;
  /** The first record that cannot be relied on. */
  readonly record: string;
  readonly why: RegExp;
}

/** Lines of the trail: 0 the first, 1 to 5 alder, 6 to 8 birch, 9 to 12 cedar, 13 the last. */
export const [ALDERS, BIRCHES, CEDARS, LAST] = [1, 6, 9, 13] as const;

/** The line with its first `from` replaced. */
export function change(at: number, from: string, to: string): Tampering['lines'] {
  return (lines) => {
    expect(lines[at]).toContain(from);
    return lines.with(at, lines[at]!.replace(from, to));
  };
}

export function read(line: string): Readonly<Record<string, unknown>> {
  return JSON.parse(line) as Readonly<Record<string, unknown>>;
}

export function written(members: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(members)}\n`;
}
