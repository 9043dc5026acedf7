import { firstFew, type JsonValue, shownNames } from '../verdict.js';

/** Values as a verdict tells them: whatever a rule and a bid hold, what is told of it is short, and JSON can write it. */

type Told = number | string | boolean | undefined;

const TEXT_LENGTH_MAX = 200;

/** JSON has no infinities, no NaN and no -0. */
export function toldValue(value: Told): JsonValue {
  if (typeof value === 'string') return toldText(value);
  if (typeof value !== 'number') return value ?? null;
  return Number.isFinite(value) ? value + 0 : String(value);
}

export function toldText(text: string): string {
  // Half a character at the cut would be no Unicode.
  return text.length <= TEXT_LENGTH_MAX
    ? text
    : `${text.slice(0, TEXT_LENGTH_MAX).replace(/[\ud800-\udbff]$/, '')}...`;
}

export function toldList(values: readonly Told[]): JsonValue {
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length === values.length) return shownNames(texts).map(toldText);
  return firstFew(values.map(toldValue));
}
