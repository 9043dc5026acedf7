const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;
const BEYOND_ASCII = /[\u007f-\uffff]/g;

/** A JSON string as RFC 8785 has it; equal to JSON.stringify for well-formed text, and several times faster for ids. */
export function quoteText(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text.toWellFormed()) : `"${text}"`;
}

/** JSON in ASCII alone, as answers are. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    BEYOND_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
