import { RoundClearer } from '../../src/rounds/clear-round.js';
import { CLEARING } from '../clearing.js';
import { decimal, pick, type Random, type RoundSet, sequenceFrom } from '../generate-rounds.js';

const IMPRESSIONS = 3;
const BIDDERS = 5;
const BIDS = 20;
const SIZES = [
  [300, 250],
  [728, 90],
  [300, 600],
] as const;
const ADVERTISERS = ['alder', 'birch', 'cedar', 'elm', 'hazel', 'larch', 'maple', 'rowan'];
const HEX_DIGITS = 16;

/** Second-price auctions of three banners and twenty bids of five bidders, as exchanges see them: addresses and markup and all. */
export function generateRequests(count: number, seed: number): RoundSet {
  const random = sequenceFrom(seed);
  const clearer = new RoundClearer(CLEARING);
  const bodies = Array.from({ length: count }, (_, index) =>
    Buffer.from(JSON.stringify(auction(`auction-${index}-${hex(8, random)}`, random))),
  );
  return { bodies, answers: bodies.map((body) => answerTo(body, clearer)) };
}

function answerTo(body: Buffer, clearer: RoundClearer): string {
  const clearing = clearer.clearOpenRtb(body, { fallbackId: '', atMs: 0, waitedMs: 0 });
  if ('refusal' in clearing)
    throw new Error(`a generated auction was refused: ${JSON.stringify(clearing.refusal)}`);
  return clearing.cleared.answer;
}

function auction(id: string, random: Random) {
  const imp = Array.from({ length: IMPRESSIONS }, (_, index) => impression(index, random));
  const responses = Array.from({ length: BIDDERS }, (_, bidder) => ({
    id,
    bidid: hex(16, random),
    cur: 'USD',
    seatbid: [{ seat: `seat-${bidder + 1}`, bid: [] as object[] }],
  }));
  for (let index = 0; index < BIDS; index++) {
    const { seatbid } = responses[index % BIDDERS]!;
    seatbid[0]!.bid.push(bid(imp[index % IMPRESSIONS]!, random));
  }
  return { request: { ...request(id, random), imp }, responses };
}

function request(id: string, random: Random) {
  return {
    id,
    at: 2,
    tmax: 3_600_000,
    cur: ['USD'],
    bcat: ['IAB24', 'IAB25', 'IAB26'],
    badv: Array.from({ length: 20 }, (_, index) => `blocked-${index}.example`),
    site: {
      id: `site-${hex(4, random)}`,
      domain: 'news.example',
      page: `https://news.example/2026/11/${hex(16, random)}`,
      publisher: { id: `publisher-${hex(2, random)}` },
    },
    device: {
      ua: 'Mozilla/5.0 (X11; Linux x86_64)',
      ip: '192.0.2.7',
      language: 'en',
      geo: { country: 'USA' },
    },
    user: { id: hex(32, random) },
  };
}

function impression(index: number, random: Random) {
  const [w, h] = SIZES[index]!;
  return {
    id: String(index + 1),
    banner: { format: [{ w, h }], battr: [1, 2, 8] },
    bidfloor: decimal(0.4 + 0.8 * random()),
    bidfloorcur: 'USD',
    secure: 1,
  };
}

/** Prices crowd near the floor, and some stand under it; one bid in twenty is in a blocked category. */
function bid({ id: impid, banner, bidfloor }: ReturnType<typeof impression>, random: Random) {
  const id = hex(HEX_DIGITS, random);
  const advertiser = pick(ADVERTISERS, random);
  const notice = (kind: string) =>
    `https://${kind}.${advertiser}.example/n?a=\${AUCTION_ID}&b=${id}&p=\${AUCTION_PRICE}&m=\${AUCTION_MIN_TO_WIN}&l=\${AUCTION_LOSS}`;
  const [size] = banner.format;
  return {
    id,
    impid,
    price: decimal(bidfloor * (0.97 + 4 * random() ** 3)),
    nurl: notice('won'),
    burl: notice('paid'),
    lurl: notice('lost'),
    adm: `<a href="https://${advertiser}.example/c/${hex(32, random)}"><img src="https://cdn.${advertiser}.example/${hex(32, random)}.jpg" width="${size!.w}" height="${size!.h}" alt=""></a>`,
    adomain: [`${advertiser}.example`],
    crid: hex(12, random),
    cat: [
      random() < 0.05 ? 'IAB25-3' : `IAB${Math.floor(1 + 22 * random())}-${Math.floor(1 + 9 * random())}`,
    ],
    attr: [3],
    mtype: 1,
    ...size,
  };
}

function hex(digits: number, random: Random): string {
  return Array.from({ length: digits }, () => Math.floor(16 * random()).toString(16)).join('');
}
