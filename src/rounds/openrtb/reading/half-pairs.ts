/** A JSON escape of half of a surrogate pair is the only way in which valid UTF-8 can bring one. */
const ESCAPES = ['\\ud', '\\uD'];

export function mayHoldHalfPairs(bytes: Buffer): boolean {
  return ESCAPES.some((escape) => bytes.includes(escape));
}

/** Whether some text in it is half of a surrogate pair, which no record can hold. */
export function holdsHalfPairs(value: unknown): boolean {
  if (typeof value === 'string') return !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsHalfPairs);
}
