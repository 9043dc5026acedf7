import { TypeCompiler } from '@sinclair/typebox/compiler';
import type { OpenRtbLossReason } from '../../../base/loss-reasons.js';
import { WireBid } from '../../../schema/openrtb/bid-response.js';
import { DEFAULT_CURRENCY, TEXT_LENGTH_MAX, isSet } from '../../../schema/openrtb/shapes.js';

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
  /** Why a bid in this currency cannot be compared with others. */
  readonly objectionToCurrency: (currency: string) => OpenRtbLossReason | undefined;
}

type Fault = Pick<UnreadableBid, 'reason' | 'field'>;
type JsonObject = Readonly<Record<string, unknown>>;

const BID = TypeCompiler.Compile(WireBid);
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
  readonly #fault: Fault | undefined;
  readonly #ids = new RepeatedIds();

  constructor(response: JsonObject, index: number, expected: Expected) {
    const { bidid, cur } = response;
    this.#response = response;
    this.#expected = expected;
    this.#sender = {
      response: index,
      responseBidId: typeof bidid === 'string' ? bidid : undefined,
      currency: typeof cur === 'string' ? cur : DEFAULT_CURRENCY,
      seat: undefined,
    };
    this.#fault = responseFault(response, expected);
  }

  *entries(): Iterable<SentBid | UnreadableBid> {
    const { seatbid } = this.#response;
    if (seatbid === undefined || seatbid === null) return;
    const groups = Array.isArray(seatbid) ? (seatbid as unknown[]).map(readGroup) : [brokenGroup('seatbid')];
    for (const { seat, bids } of groups) for (const bid of bids) this.#ids.count(seat, bid);
    for (const group of groups) yield* this.#bidsOf(group);
  }

  *#bidsOf({ seat, bids, fault: groupFault, grouping }: Group): Iterable<SentBid | UnreadableBid> {
    const sender = { ...this.#sender, seat };
    for (const sent of bids) {
      const fault =
        this.#fault ?? groupFault ?? this.#faultOf(seat, sent) ?? grouping ?? this.#currencyFault();
      if (fault === undefined) yield { ...sender, bid: sent as WireBid };
      else yield { ...sender, sent: isObject(sent) ? sent : NOTHING, ...fault };
    }
  }

  #currencyFault(): Fault | undefined {
    const reason = this.#expected.objectionToCurrency(this.#sender.currency);
    return reason && { reason, field: 'cur' };
  }

  #faultOf(seat: string | undefined, sent: unknown): Fault | undefined {
    if (isObject(sent) && (sent['price'] ?? undefined) === undefined)
      return { reason: 'PRICE_MISSING', field: 'price' };
    if (!BID.Check(sent)) return invalid(BID.Errors(sent).First()?.path.slice(1) ?? '');
    if (!this.#expected.impressions.has(sent.impid)) return invalid('impid');
    return this.#ids.areRepeated(seat, sent.id) ? invalid('id') : undefined;
  }
}

interface Group {
  readonly seat: string | undefined;
  readonly bids: readonly unknown[];
  /** The group cannot be read. */
  readonly fault: Fault | undefined;
  /** It can be read, and wants to win all or nothing. */
  readonly grouping: Fault | undefined;
}

function readGroup(group: unknown): Group {
  if (!isObject(group) || !Array.isArray(group['bid'])) return brokenGroup('bid');
  const { group: all } = group;
  const seat = group['seat'] === '' ? undefined : group['seat'];
  const bids: readonly unknown[] = group['bid'];
  if (seat !== undefined && seat !== null && !isText(seat))
    return { seat: undefined, bids, fault: invalid('seat'), grouping: undefined };
  const wantsAll = isSet(all as boolean | number) && countImpressions(bids) > 1;
  const fault = undefined;
  return { seat: seat ?? undefined, bids, fault, grouping: wantsAll ? invalid('group') : undefined };
}

/** Something that is no group of bids leaves one entry, so that the answer shows it. */
function brokenGroup(field: string): Group {
  return { seat: undefined, bids: [NOTHING], fault: invalid(field), grouping: undefined };
}

function countImpressions(bids: readonly unknown[]): number {
  return new Set(bids.filter(isObject).map(({ impid }) => impid)).size;
}

function responseFault({ id, cur }: JsonObject, { requestId }: Expected): Fault | undefined {
  if (id !== requestId) return { reason: 'INVALID_AUCTION_ID', field: 'id' };
  return typeof (cur ?? DEFAULT_CURRENCY) === 'string' ? undefined : invalid('cur');
}

function invalid(field: string): Fault {
  return { reason: 'INVALID_BID', field };
}

/** How often each seat of a response uses an id. */
class RepeatedIds {
  readonly #counts = new Map<string | undefined, Map<unknown, number>>();

  count(seat: string | undefined, bid: unknown): void {
    if (!isObject(bid)) return;
    const ofSeat = this.#counts.get(seat) ?? new Map<unknown, number>();
    this.#counts.set(seat, ofSeat.set(bid['id'], (ofSeat.get(bid['id']) ?? 0) + 1));
  }

  areRepeated(seat: string | undefined, id: string): boolean {
    return (this.#counts.get(seat)?.get(id) ?? 0) > 1;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= TEXT_LENGTH_MAX;
}
