import type { WireBid } from '../../schema/openrtb/bid-response.js';
import type { RecordedBid } from '../../schema/record.js';
import type { SentBid } from '../openrtb/reading/sent-bids.js';

const MICROS_PER_UNIT = 1_000_000;
const NAME_SEPARATOR = ' ';
/** What decides of markup is that it is there, and whether it is secure. */
const MARKUP = { none: undefined, secure: 'https://markup', insecure: 'http://markup' } as const;
/** What decides of a creative id is that it is there. */
const CREATIVE_ID = 'said';

/** The bid that was sent, as far as it decided; members whose content is not recorded have one that decides the same. */
export function sentBidOfRecord(recorded: RecordedBid, impid: string, roundCurrency: string): SentBid {
  const { id, sent, priceMicros, deal, categories, attributes } = recorded;
  const {
    response,
    currency = roundCurrency,
    missing = [],
    insecure = false,
    ...said
  } = sent ?? NOTHING_SENT;
  const markup = missing.includes('markup') ? 'none' : insecure ? 'insecure' : 'secure';
  const bid: WireBid = {
    ...said,
    id,
    impid,
    price: (said.priceMicros ?? priceMicros) / MICROS_PER_UNIT,
    dealid: deal ?? null,
    cat: said.cat ?? categories ?? null,
    crid: missing.includes('crid') ? undefined : CREATIVE_ID,
    adm: MARKUP[markup],
    ext: attributes,
  };
  return { response, responseBidId: undefined, currency, seat: seatOf(recorded), bid };
}

const NOTHING_SENT: NonNullable<RecordedBid['sent']> = { response: 0 };

/** A bid is called by its seat and its own id; in front of the space of one without a seat stands nothing. */
function seatOf({ id, seat }: RecordedBid): string | undefined {
  return id.startsWith(NAME_SEPARATOR) ? undefined : seat;
}
