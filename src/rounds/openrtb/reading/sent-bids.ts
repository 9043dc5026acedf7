import { TypeCompiler } from '@sinclair/typebox/compiler';
import { isSaid } from '../../../openrtb/said.js';
import type { OpenRtbLossReason } from '../../../base/loss-reasons.js';
import { WireBid } from '../../../schema/openrtb/bid-response.js';
import { CURRENCY_PATTERN, DEFAULT_CURRENCY, Flag, isSet, Text } from '../../../schema/openrtb/shapes.js';

/** Where a bid was sent from. */
export interface Sender {
  /** Place of the response in the request. */
  readonly response: number;
  readonly responseBidId: string | undefined;
  /** Of the whole response. */
  readonly currency: string;
  readonly seat: string | undefined;
}

/** A bid that can be read and is for an impression of the request. */
export interface SentBid extends Sender {
  readonly bid: WireBid;
}

/** A bid, or what stands in the place of one, that cannot be put on any impression. */
export interface UnreadableBid extends Sender {
  readonly sent: Readonly<Record<string, unknown>>;
  readonly reason: OpenRtbLossReason;
  /** The member that is at fault. */
  readonly field: string;
}

export interface SentBids {
  readonly readable: readonly SentBid[];
  readonly unreadable: readonly UnreadableBid[];
}

/** What a bid is read against. */
export interface Expected {
  readonly requestId: string;
  readonly impressions: ReadonlyMap<string, unknown>;
  /** Why a price in this currency cannot be compared with others. */
  readonly objectionToPrice: (currency: string, price: number) => Fault | undefined;
}

/** What a bid loses with, and the member that is at fault. */
export type Fault = Pick<UnreadableBid, 'reason' | 'field'>;
type JsonObject = Readonly<Record<string, unknown>>;

const CURRENCY_CODE = new RegExp(CURRENCY_PATTERN);
const BID = TypeCompiler.Compile(WireBid);
const TEXT = TypeCompiler.Compile(Text);
const FLAG = TypeCompiler.Compile(Flag);
/** The texts of a bid that stand in records. */
const RECORDED = ['id', 'impid', 'dealid', 'adomain', 'bundle', 'cat', 'language', 'langb'] as const;
const NOTHING: JsonObject = {};

/** Reads every bid of every response. What cannot be read stands for itself and spoils nothing else. */
export function readSentBids(responses: readonly JsonObject[], expected: Expected): SentBids {
  const readable: SentBid[] = [];
  const unreadable: UnreadableBid[] = [];
  for (const [index, response] of responses.entries()) {
    for (const entry of new ResponseReader(response, index, expected).entries()) {
      if ('bid' in entry) readable.push(entry);
      else unreadable.push(entry);
    }
  }
  return { readable, unreadable };
}

/** Reads one response; a fault of the response, or of a group in it, is one of each of its bids. */
class ResponseReader {
  readonly #response: JsonObject;
  readonly #expected: Expected;
  readonly #sender: Sender;
  readonly #ids = new RepeatedIds();

  constructor(response: JsonObject, index: number, expected: Expected) {
    this.#response = response;
    this.#expected = expected;
    this.#sender = senderOf(response, index);
  }

  *entries(): Iterable<SentBid | UnreadableBid> {
    const { seatbid, cur } = this.#response;
    if (!Array.isArray(seatbid)) return;
    const groups = (seatbid as unknown[]).flatMap((group) => readGroup(group, cur));
    for (const group of groups) if (group.fault === undefined) this.#ids.countAll(group);
    for (const group of groups) yield* this.#bidsOf(group);
  }

  *#bidsOf(group: Group): Iterable<SentBid | UnreadableBid> {
    const sender = { ...this.#sender, seat: group.seat };
    for (const sent of group.bids) {
      const fault = this.#faultOf(sent, group);
      if (fault === undefined) yield { ...sender, bid: sent as WireBid };
      else yield { ...sender, sent: isObject(sent) ? sent : NOTHING, ...fault };
    }
  }

  /** The first fault in the order of the page. */
  #faultOf(sent: unknown, { seat, fault, wantsAll }: Group): Fault | undefined {
    const { requestId, impressions, objectionToPrice } = this.#expected;
    if (this.#response['id'] !== requestId) return { reason: 'INVALID_AUCTION_ID', field: 'id' };
    if (isObject(sent) && (sent['price'] ?? undefined) === undefined)
      return { reason: 'PRICE_MISSING', field: 'price' };
    if (fault !== undefined) return fault;
    if (!BID.Check(sent)) return invalid(BID.Errors(sent).First()?.path.slice(1) ?? '');
    const halved = RECORDED.find((name) => !isWellFormed(sent[name]));
    if (halved !== undefined) return invalid(halved);
    if (!impressions.has(sent.impid)) return invalid('impid');
    if (this.#ids.areRepeated(seat, sent.id)) return invalid('id');
    return wantsAll ? invalid('group') : objectionToPrice(this.#sender.currency, sent.price);
  }
}

/** What nobody could make sense of is not kept: it would be written into records and notices. */
function senderOf({ bidid, cur }: JsonObject, response: number): Sender {
  return {
    response,
    responseBidId: isText(bidid) ? bidid : undefined,
    currency: isCurrencyCode(cur) ? cur : DEFAULT_CURRENCY,
    seat: undefined,
  };
}

interface Group {
  readonly seat: string | undefined;
  readonly bids: readonly unknown[];
  /** What keeps all its bids from being read. */
  readonly fault: Fault | undefined;
  /** Whether it wants several impressions or none. */
  readonly wantsAll: boolean;
}

/** Where there is no list of bids, nobody bids: that is how the standard reads a malformed response. */
function readGroup(group: unknown, cur: unknown): Group | [] {
  if (!isObject(group) || !Array.isArray(group['bid'])) return [];
  const bids: readonly unknown[] = group['bid'];
  const { seat, group: grouping } = group;
  const fault = groupFault(group, cur);
  const wantsAll = isSet(grouping as boolean | number) && countImpressions(bids) > 1;
  return { seat: isText(seat) ? seat : undefined, bids, fault, wantsAll };
}

function groupFault({ seat, group }: JsonObject, cur: unknown): Fault | undefined {
  if (isSaid(cur) && !isCurrencyCode(cur)) return invalid('cur');
  if (isSaid(seat) && !isText(seat)) return invalid('seat');
  return isSaid(group) && !FLAG.Check(group) ? invalid('group') : undefined;
}

function countImpressions(bids: readonly unknown[]): number {
  return new Set(bids.filter(isObject).map(({ impid }) => impid)).size;
}

function invalid(field: string): Fault {
  return { reason: 'INVALID_BID', field };
}

/** How often each seat of a response uses an id. */
class RepeatedIds {
  readonly #counts = new Map<string | undefined, Map<unknown, number>>();

  countAll({ seat, bids }: Group): void {
    const ofSeat = this.#counts.get(seat) ?? new Map<unknown, number>();
    this.#counts.set(seat, ofSeat);
    for (const { id } of bids.filter(isObject)) ofSeat.set(id, (ofSeat.get(id) ?? 0) + 1);
  }

  areRepeated(seat: string | undefined, id: string): boolean {
    return (this.#counts.get(seat)?.get(id) ?? 0) > 1;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && TEXT.Check(value) && value.isWellFormed();
}

function isCurrencyCode(value: unknown): value is string {
  return typeof value === 'string' && CURRENCY_CODE.test(value);
}

/** Half of a surrogate pair cannot be written into a record. */
function isWellFormed(said: string | readonly string[] | null | undefined): boolean {
  if (typeof said === 'string') return said.isWellFormed();
  return said?.every((each) => each.isWellFormed()) ?? true;
}
