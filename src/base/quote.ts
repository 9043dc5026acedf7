const NEEDS_ESCAPE = /["\\]/;

/** A JSON string from visible ASCII, as ids are; equal to JSON.stringify and several times faster. */
export function quoteAscii(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}
