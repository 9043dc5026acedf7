const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const DELETE = 0x7f;

/** Micros of one unit of the n-th decimal place. */
const PLACE_MICROS = [1_000_000, 100_000, 10_000, 1000, 100, 10, 1] as const;
const PLACE_SCALES = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000] as const;
const UNIT_DIGITS_MAX = 9;
const DECIMALS_MAX = 6;

/**
 * Walks ASCII JSON text once, without building objects. Each method moves past what it names and answers true;
 * false means only "not plain enough": an escape, an exponent, a fault. The caller then reads the text the ordinary
 * way, so everything accepted here must be right and nothing refused here is lost.
 */
export class JsonScanner {
  /** Index of the next character. */
  at = 0;
  /** Bounds of the last string, without its quotes. */
  start = 0;
  end = 0;
  private depth = 0;

  /** `bytes` and `text` are the same ASCII: bytes are quicker to look at, text is quicker to cut. */
  constructor(
    private readonly bytes: Uint8Array,
    readonly text: string,
    private readonly nestingMax: number,
  ) {}

  /** The last string. */
  get taken(): string {
    return this.text.slice(this.start, this.end);
  }

  /** Compares in place: slicing a string for every member's name would cost more than reading it. */
  takenIs(word: string): boolean {
    if (this.end - this.start !== word.length) return false;
    for (let index = 0; index < word.length; index++) {
      if (this.bytes[this.start + index] !== word.charCodeAt(index)) return false;
    }
    return true;
  }

  atEnd(): boolean {
    this.space();
    return this.at === this.bytes.length;
  }

  open(bracket: '{' | '['): boolean {
    return this.take(bracket === '{' ? OPEN_OBJECT : OPEN_ARRAY) && ++this.depth <= this.nestingMax;
  }

  /** True past the closing bracket; false and nothing moved when another member follows. */
  close(bracket: '}' | ']'): boolean {
    if (!this.take(bracket === '}' ? CLOSE_OBJECT : CLOSE_ARRAY)) return false;
    this.depth--;
    return true;
  }

  comma(): boolean {
    return this.take(COMMA);
  }

  /** A member's name and its colon. Names that could reach a prototype are left to the ordinary way. */
  key(): boolean {
    if (!this.take(QUOTE)) return false;
    this.start = this.at;
    if (!this.stringEnd()) return false;
    this.end = this.at - 1;
    return !this.takenIs('__proto__') && !this.takenIs('constructor') && this.take(COLON);
  }

  /** A string of 1 to `max` characters of ASCII 0x21 to 0x7E. */
  visible(max: number): boolean {
    if (!this.take(QUOTE)) return false;
    const { bytes, at: start } = this;
    let end = start;
    let code = bytes[end]!;
    while (code !== QUOTE) {
      if (!(code > SPACE && code < DELETE) || code === BACKSLASH) return false;
      code = bytes[++end]!;
    }
    this.start = start;
    this.end = end;
    this.at = end + 1;
    return end > start && end - start <= max;
  }

  /** A non-negative decimal of at most nine digits before the point and six after, in micros; else -1. */
  micros(): number {
    this.space();
    const first = this.at;
    const units = this.digits();
    const unitDigits = this.at - first;
    const leadingZero = unitDigits > 1 && this.bytes[first] === ZERO;
    if (unitDigits === 0 || unitDigits > UNIT_DIGITS_MAX || leadingZero) return -1;
    if (this.bytes[this.at]! !== POINT) return this.endsNumber() ? units * PLACE_MICROS[0] : -1;
    const firstDecimal = ++this.at;
    const decimals = this.digits();
    const places = this.at - firstDecimal;
    if (places === 0 || places > DECIMALS_MAX || !this.endsNumber()) return -1;
    return units * PLACE_MICROS[0] + decimals * PLACE_MICROS[places]!;
  }

  /** A positive whole number of at most nine digits; else -1. */
  whole(): number {
    this.space();
    const first = this.at;
    const value = this.digits();
    const digits = this.at - first;
    const plain = digits > 0 && digits <= UNIT_DIGITS_MAX && this.bytes[first] !== ZERO;
    return plain && this.endsNumber() ? value : -1;
  }

  /** Any value, checked to be JSON but not kept. */
  value(): boolean {
    this.space();
    switch (this.bytes[this.at]!) {
      case QUOTE:
        return this.string();
      case OPEN_OBJECT:
        return this.open('{') && this.members();
      case OPEN_ARRAY:
        return this.open('[') && this.elements();
      default:
        return this.number() || this.word('true') || this.word('false') || this.word('null');
    }
  }

  /** An object, of whatever members. */
  object(): boolean {
    this.space();
    return this.bytes[this.at]! === OPEN_OBJECT && this.value();
  }

  /** A number as JSON.parse reads it, 1 for true and 0 for false; NaN for any other value, which is passed over. */
  scalar(): number {
    this.space();
    const start = this.at;
    const plain = this.plainDecimal();
    if (!Number.isNaN(plain)) return plain;
    this.at = start;
    if (this.number()) return Number(this.text.slice(start, this.at));
    if (this.word('true')) return 1;
    if (this.word('false')) return 0;
    this.value();
    return NaN;
  }

  /**
   * A decimal of few digits. Both numbers of the quotient are exact, so it is the double nearest to the decimal, which
   * is what JSON.parse makes of it. NaN when there are more digits, or there is something else.
   */
  private plainDecimal(): number {
    const first = this.at;
    const units = this.digits();
    const unitDigits = this.at - first;
    if (unitDigits === 0 || unitDigits > UNIT_DIGITS_MAX) return NaN;
    if (this.bytes[this.at]! !== POINT) return this.endsNumber() ? units : NaN;
    const firstDecimal = ++this.at;
    const decimals = this.digits();
    const places = this.at - firstDecimal;
    if (places === 0 || places > DECIMALS_MAX || !this.endsNumber()) return NaN;
    const scale = PLACE_SCALES[places]!;
    return (units * scale + decimals) / scale;
  }

  private members(): boolean {
    if (this.close('}')) return true;
    do {
      if (!this.key() || !this.value()) return false;
    } while (this.comma());
    return this.close('}');
  }

  private elements(): boolean {
    if (this.close(']')) return true;
    do {
      if (!this.value()) return false;
    } while (this.comma());
    return this.close(']');
  }

  private string(): boolean {
    this.at++;
    return this.stringEnd();
  }

  /** Past the quote that closes the string. */
  private stringEnd(): boolean {
    const { bytes } = this;
    let { at } = this;
    let code = bytes[at]!;
    while (code !== QUOTE) {
      if (!(code >= SPACE) || code === BACKSLASH) return false;
      code = bytes[++at]!;
    }
    this.at = at + 1;
    return true;
  }

  private number(): boolean {
    const start = this.at;
    if (this.bytes[this.at]! === MINUS) this.at++;
    const first = this.at;
    this.digits();
    const leadingZero = this.at - first > 1 && this.bytes[first] === ZERO;
    let plain = this.at > first && !leadingZero;
    if (plain && this.bytes[this.at]! === POINT) {
      const firstDecimal = ++this.at;
      this.digits();
      plain = this.at > firstDecimal;
    }
    if (plain && this.endsNumber()) return true;
    this.at = start;
    return false;
  }

  /** Reads digits; the value is exact up to fifteen of them. */
  private digits(): number {
    const { bytes } = this;
    let { at } = this;
    let value = 0;
    let code = bytes[at]!;
    while (code >= ZERO && code <= NINE) {
      value = value * 10 + (code - ZERO);
      code = bytes[++at]!;
    }
    this.at = at;
    return value;
  }

  /** No exponent or second point follows. */
  private endsNumber(): boolean {
    const code = this.bytes[this.at]!;
    return code === COMMA || code === CLOSE_OBJECT || code === CLOSE_ARRAY || code <= SPACE;
  }

  private word(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private take(code: number): boolean {
    if (this.bytes[this.at] !== code) {
      this.space();
      if (this.bytes[this.at] !== code) return false;
    }
    this.at++;
    return true;
  }

  /** Compact JSON has none, so the first look decides nearly always. */
  private space(): void {
    const { bytes } = this;
    let code = bytes[this.at]!;
    if (code > SPACE) return;
    while (code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB) {
      code = bytes[++this.at]!;
    }
  }
}
