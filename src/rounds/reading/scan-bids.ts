import type { RoundLimits } from '../../schema/limits.js';
import { ID_LENGTH_MAX } from '../../base/ids.js';
import { NAME_LENGTH_MAX, NAMES_MAX, QUANTITY_MAX } from '../../schema/round.js';
import type { BidTerms } from './bid-terms.js';
import { JsonScanner } from './json-scanner.js';
import { ScannedBid } from './scanned-bid.js';

export interface ScannedRound {
  /** The request with its bids taken out: JSON text, as small as the lots. */
  readonly frame: string;
  readonly bids: readonly BidTerms[];
}

/**
 * Reads the bids of a request straight from its text, where nearly all of its bytes are; the frame that is left is
 * small and goes the ordinary way. Undefined when anything is not plain enough: then the whole request does.
 */
export function scanBids(bytes: Uint8Array, text: string, limits: RoundLimits): ScannedRound | undefined {
  const scanner = new JsonScanner(bytes, text, limits.nestingMax);
  if (!scanner.open('{')) return undefined;
  let scanned: ScannedRound | undefined;
  do {
    if (!scanner.key()) return undefined;
    if (!scanner.takenIs('bids')) {
      if (!scanner.value()) return undefined;
      continue;
    }
    const before = scanner.at;
    const bids = scanned === undefined ? readBids(scanner, limits.bidsMax) : undefined;
    if (bids === undefined) return undefined;
    scanned = { frame: `${text.slice(0, before)}[]${text.slice(scanner.at)}`, bids };
  } while (scanner.comma());
  return scanner.close('}') && scanner.atEnd() ? scanned : undefined;
}

function readBids(scanner: JsonScanner, bidsMax: number): readonly BidTerms[] | undefined {
  const bids: BidTerms[] = [];
  if (!scanner.open('[')) return undefined;
  if (scanner.close(']')) return bids;
  do {
    const bid = readBid(scanner);
    if (bid === undefined || bids.length === bidsMax) return undefined;
    bids.push(bid);
  } while (scanner.comma());
  return scanner.close(']') ? bids : undefined;
}

function readBid(scanner: JsonScanner): BidTerms | undefined {
  const fields = new BidFields();
  if (!scanner.open('{')) return undefined;
  do {
    if (!scanner.key() || !fields.read(scanner)) return undefined;
  } while (scanner.comma());
  return scanner.close('}') ? fields.finish(scanner) : undefined;
}

/** The members of one bid, in whatever order they come. A member that comes twice is left to the ordinary way. */
class BidFields {
  private id: string | undefined;
  private seat: string | undefined;
  private lot: string | undefined;
  private deal: string | undefined;
  private seller: string | undefined;
  /** Where these begin in the text; -1 when they do not stand there. */
  private domainsAt = -1;
  private categoriesAt = -1;
  private attributesAt = -1;
  private priceMicros = -1;
  private quantity = -1;

  /** The member whose name the scanner has just taken. Told apart by length first: most names differ in it. */
  read(scanner: JsonScanner): boolean {
    switch (scanner.end - scanner.start) {
      case 2:
        return scanner.takenIs('id') ? (this.id = idOnce(this.id, scanner)) !== undefined : scanner.value();
      case 3:
        return scanner.takenIs('lot')
          ? (this.lot = idOnce(this.lot, scanner)) !== undefined
          : scanner.value();
      case 4:
        return this.readSeatOrDeal(scanner);
      case 5:
        return scanner.takenIs('price') ? this.readPrice(scanner) : scanner.value();
      case 6:
        return scanner.takenIs('seller')
          ? (this.seller = idOnce(this.seller, scanner)) !== undefined
          : scanner.value();
      case 7:
        return scanner.takenIs('domains') ? this.readDomains(scanner) : scanner.value();
      case 8:
        return scanner.takenIs('quantity') ? this.readQuantity(scanner) : scanner.value();
      default:
        return this.readLongMember(scanner);
    }
  }

  finish(scanner: JsonScanner): BidTerms | undefined {
    const { id, seat, lot, priceMicros } = this;
    if (id === undefined || seat === undefined || lot === undefined || priceMicros === -1) return undefined;
    const quantity = this.quantity === -1 ? 1 : this.quantity;
    const { deal, seller, domainsAt, categoriesAt, attributesAt } = this;
    const named = { id, seat, lot, priceMicros, quantity, deal, seller };
    return new ScannedBid(scanner, named, { domainsAt, categoriesAt, attributesAt });
  }

  private readSeatOrDeal(scanner: JsonScanner): boolean {
    if (scanner.takenIs('seat')) return (this.seat = idOnce(this.seat, scanner)) !== undefined;
    if (scanner.takenIs('deal')) return (this.deal = idOnce(this.deal, scanner)) !== undefined;
    return scanner.value();
  }

  private readPrice(scanner: JsonScanner): boolean {
    if (this.priceMicros !== -1) return false;
    this.priceMicros = scanner.micros();
    return this.priceMicros !== -1;
  }

  private readQuantity(scanner: JsonScanner): boolean {
    if (this.quantity !== -1) return false;
    this.quantity = scanner.whole();
    return this.quantity !== -1 && this.quantity <= QUANTITY_MAX;
  }

  private readDomains(scanner: JsonScanner): boolean {
    if (this.domainsAt !== -1) return false;
    this.domainsAt = scanner.at;
    return skipNames(scanner);
  }

  private readLongMember(scanner: JsonScanner): boolean {
    if (scanner.takenIs('attributes')) {
      if (this.attributesAt !== -1) return false;
      this.attributesAt = scanner.at;
      return scanner.object();
    }
    if (!scanner.takenIs('categories')) return scanner.value();
    if (this.categoriesAt !== -1) return false;
    this.categoriesAt = scanner.at;
    return skipNames(scanner);
  }
}

function idOnce(before: string | undefined, scanner: JsonScanner): string | undefined {
  return before === undefined && scanner.visible(ID_LENGTH_MAX) ? scanner.taken : undefined;
}

/** An array of domains or categories, as the schema has them. */
function skipNames(scanner: JsonScanner): boolean {
  if (!scanner.open('[')) return false;
  if (scanner.close(']')) return true;
  let names = 0;
  do {
    if (!scanner.visible(NAME_LENGTH_MAX) || ++names > NAMES_MAX) return false;
  } while (scanner.comma());
  return scanner.close(']');
}
