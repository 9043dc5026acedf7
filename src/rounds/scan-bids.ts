import type { RoundLimits } from '../schema/limits.js';
import { ID_LENGTH_MAX } from '../base/ids.js';
import { NAME_LENGTH_MAX, NAMES_MAX, QUANTITY_MAX } from '../schema/round.js';
import { JsonScanner } from './json-scanner.js';

/** A bid as the scanner reads it: what deciding needs, with its lot still a name. */
export interface ScannedBid {
  readonly id: string;
  readonly seat: string;
  readonly lot: string;
  readonly priceMicros: number;
  readonly quantity: number;
  readonly deal: string | undefined;
  readonly domains: readonly string[];
}

export interface ScannedRound {
  /** The request with its bids taken out: JSON text, as small as the lots. */
  readonly frame: string;
  readonly bids: readonly ScannedBid[];
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

function readBids(scanner: JsonScanner, bidsMax: number): readonly ScannedBid[] | undefined {
  const bids: ScannedBid[] = [];
  if (!scanner.open('[')) return undefined;
  if (scanner.close(']')) return bids;
  do {
    const bid = readBid(scanner);
    if (bid === undefined || bids.length === bidsMax) return undefined;
    bids.push(bid);
  } while (scanner.comma());
  return scanner.close(']') ? bids : undefined;
}

function readBid(scanner: JsonScanner): ScannedBid | undefined {
  const fields = new BidFields();
  if (!scanner.open('{')) return undefined;
  do {
    if (!scanner.key() || !fields.read(scanner)) return undefined;
  } while (scanner.comma());
  return scanner.close('}') ? fields.finish() : undefined;
}

const NO_NAMES: readonly string[] = [];

/** The members of one bid, in whatever order they come. A member that comes twice is left to the ordinary way. */
class BidFields {
  private id: string | undefined;
  private seat: string | undefined;
  private lot: string | undefined;
  private deal: string | undefined;
  private domains: string | undefined;
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
        return scanner.takenIs('seller') ? scanner.visible(ID_LENGTH_MAX) : scanner.value();
      case 7:
        return scanner.takenIs('domains') ? this.readDomains(scanner) : scanner.value();
      case 8:
        return scanner.takenIs('quantity') ? this.readQuantity(scanner) : scanner.value();
      default:
        return skipMember(scanner);
    }
  }

  finish(): ScannedBid | undefined {
    if (this.id === undefined || this.seat === undefined || this.lot === undefined) return undefined;
    if (this.priceMicros === -1) return undefined;
    return {
      id: this.id,
      seat: this.seat,
      lot: this.lot,
      priceMicros: this.priceMicros,
      quantity: this.quantity === -1 ? 1 : this.quantity,
      deal: this.deal,
      domains: this.namedDomains(),
    };
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
    if (this.domains !== undefined) return false;
    const before = scanner.at;
    if (!skipNames(scanner)) return false;
    this.domains = scanner.text.slice(before, scanner.at);
    return true;
  }

  /** Only a deal asks for domains, so only then are they worth taking apart. */
  private namedDomains(): readonly string[] {
    return this.deal === undefined || this.domains === undefined
      ? NO_NAMES
      : (JSON.parse(this.domains) as string[]);
  }
}

function idOnce(before: string | undefined, scanner: JsonScanner): string | undefined {
  return before === undefined && scanner.visible(ID_LENGTH_MAX) ? scanner.taken : undefined;
}

/** A member that decides nothing has to fit the schema all the same. */
function skipMember(scanner: JsonScanner): boolean {
  if (scanner.takenIs('attributes')) return scanner.object();
  return scanner.takenIs('categories') ? skipNames(scanner) : scanner.value();
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
