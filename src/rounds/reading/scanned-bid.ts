import type { BidTerms } from './bid-terms.js';
import type { JsonScanner } from './json-scanner.js';

/** The members that a scanner has read at once. */
type ReadMembers = Pick<BidTerms, 'id' | 'seat' | 'lot' | 'priceMicros' | 'quantity' | 'deal' | 'seller'>;

/** Where the other members begin in the text; -1 when they do not stand there. */
interface UnreadMembers {
  readonly domainsAt: number;
  readonly categoriesAt: number;
  readonly attributesAt: number;
}

const NO_NAMES: readonly string[] = [];

/** A bid whose text was found to be in order; lists and attributes are read from there when somebody asks. */
export class ScannedBid implements BidTerms {
  readonly id: string;
  readonly seat: string;
  readonly lot: string;
  readonly priceMicros: number;
  readonly quantity: number;
  readonly deal: string | undefined;
  readonly seller: string | undefined;
  readonly #scanner: JsonScanner;
  readonly #unread: UnreadMembers;

  constructor(scanner: JsonScanner, read: ReadMembers, unread: UnreadMembers) {
    this.id = read.id;
    this.seat = read.seat;
    this.lot = read.lot;
    this.priceMicros = read.priceMicros;
    this.quantity = read.quantity;
    this.deal = read.deal;
    this.seller = read.seller;
    this.#scanner = scanner;
    this.#unread = unread;
  }

  domains(): readonly string[] {
    return this.#names(this.#unread.domainsAt);
  }

  categories(): readonly string[] {
    return this.#names(this.#unread.categoriesAt);
  }

  attributesInto(row: Float64Array, layout: readonly string[]): void {
    const { attributesAt } = this.#unread;
    const scanner = this.#scanner;
    if (attributesAt === -1) return;
    scanner.at = attributesAt;
    if (!scanner.open('{') || scanner.close('}')) return;
    let next = 0;
    do {
      scanner.key();
      const index = placeOf(scanner, layout, next);
      if (index === -1) {
        scanner.value();
        continue;
      }
      const value = scanner.scalar();
      row[index] = Number.isFinite(value) ? value : NaN;
      next = index + 1;
    } while (scanner.comma());
    scanner.close('}');
  }

  #names(at: number): readonly string[] {
    const scanner = this.#scanner;
    if (at === -1) return NO_NAMES;
    const names: string[] = [];
    scanner.at = at;
    if (!scanner.open('[') || scanner.close(']')) return names;
    do {
      scanner.visible(Infinity);
      names.push(scanner.taken);
    } while (scanner.comma());
    scanner.close(']');
    return names;
  }
}

/** The place in the layout of the name just taken. Bids name their attributes in one order, so the next one is likely. */
function placeOf(scanner: JsonScanner, layout: readonly string[], likely: number): number {
  if (likely < layout.length && scanner.takenIs(layout[likely]!)) return likely;
  for (let place = 0; place < layout.length; place++) {
    if (scanner.takenIs(layout[place]!)) return place;
  }
  return -1;
}
