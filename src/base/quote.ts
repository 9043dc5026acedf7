const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;
const IS_BEYOND_ASCII = /[\u007f-\uffff]/;
const EACH_BEYOND_ASCII = /[\u007f-\uffff]/g;

/** A JSON string as RFC 8785 has it; equal to JSON.stringify for well-formed text, and several times faster for ids. */
export function quoteText(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text.toWellFormed()) : `"${text}"`;
}

/** JSON in ASCII alone, as answers are. */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value);
  return IS_BEYOND_ASCII.test(text) ? text.replace(EACH_BEYOND_ASCII, escaped) : text;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
