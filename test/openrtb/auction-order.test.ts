import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LOSSES, type LossReason } from '../../src/base/loss-reasons.js';
import type { OpenRtbAnswer } from '../../src/schema/openrtb/clear-answer.js';
import { clearOpenRtb } from './clearing.js';
import { generatedAuction } from './generated-requests.js';
import type { NaiveAuction, NaiveBid, NaiveResponse } from './naive-auction.js';

const RUNS = { numRuns: 1500 };

test('the order of responses, seatbids, bids and impressions changes nothing but the places of responses', () => {
  fc.assert(
    fc.property(generatedAuction, fc.gen(), (auction, draw) => {
      const order = permuted([...auction.responses.keys()], () => draw(fc.nat, { max: 999 }));
      const other = {
        ...auction,
        request: { ...auction.request, imp: auction.request.imp.toReversed() },
        responses: order.map((at) => reversed(auction.responses[at]!)),
      };
      expect(endingsOf(clear(other), order)).toEqual(endingsOf(clear(auction), [...order.keys()]));
    }),
    RUNS,
  );
});

test('without the bids that could not compete, the others end as they did', () => {
  let spared = 0;
  fc.assert(
    fc.property(generatedAuction, (auction) => {
      const before = clear(auction);
      const idle = before.ext.parley.losses.filter(({ reason }) => !isPriceDecided(reason) && isRead(reason));
      const rest = { ...auction, responses: auction.responses.map((each, at) => without(each, at, idle)) };
      const places = [...auction.responses.keys()];
      const kept = {
        ...before.ext.parley,
        losses: before.ext.parley.losses.filter((loss) => !idle.includes(loss)),
      };
      expect(endingsOf(clear(rest), places)).toEqual(endingsOf({ ...before, ext: { parley: kept } }, places));
      spared += idle.length;
    }),
    RUNS,
  );
  expect(spared, 'bids left out').toBeGreaterThan(1000);
});

test('nothing of the user, the device, the markup or the notices is recorded', () => {
  const secret = 'MARKER';
  const planted = { id: secret, ip: secret, ext: { deep: [secret] } };
  fc.assert(
    fc.property(generatedAuction, (auction) => {
      const [user, device, regs, source] = [planted, { ...planted, geo: planted }, planted, planted];
      const request = { ...auction.request, user, device, regs, source, site: { page: secret, ref: secret } };
      const responses = auction.responses.map((each) => withSecrets(each, secret));
      const { answer, record } = clearOpenRtb({ ...auction, request, responses });
      expect(record).not.toContain(secret);
      if ('seatbid' in (JSON.parse(answer) as object)) expect(answer).toContain(secret);
    }),
    { numRuns: 300 },
  );
});

function clear(auction: NaiveAuction): OpenRtbAnswer {
  return JSON.parse(clearOpenRtb(auction).answer) as OpenRtbAnswer;
}

/** What became of every bid, told by the place its response had at first. */
function endingsOf({ seatbid = [], ext, ...rest }: OpenRtbAnswer, places: readonly number[]): unknown {
  const won = seatbid.flatMap(({ seat, bid }) =>
    bid.map((each) => ({
      ...each,
      seat,
      response: places[each.ext.parley.response],
      ext: withoutPlace(each),
    })),
  );
  const lost = ext.parley.losses.map((loss) => ({ ...loss, response: places[loss.response] }));
  return { outcome: ext.parley.outcome, cur: rest.cur, ends: [...won, ...lost].map(textOf).sort() };
}

function withoutPlace({ ext }: { readonly ext: { readonly parley: object } }): object {
  return { ...ext.parley, response: undefined };
}

function textOf(value: unknown): string {
  return JSON.stringify(value);
}

function isPriceDecided(reason: string): boolean {
  return LOSSES[reason as LossReason].priceDecided;
}

/** A bid that cannot be read still uses its id, and still makes a group of its seatbid. */
function isRead(reason: string): boolean {
  return reason !== 'INVALID_BID' && reason !== 'PRICE_MISSING';
}

type Loss = OpenRtbAnswer['ext']['parley']['losses'][number];

function without(response: NaiveResponse, at: number, losses: readonly Loss[]): NaiveResponse {
  const isOut = (seat: string | undefined, bid: NaiveBid): boolean =>
    losses.some(
      (loss) => loss.response === at && loss.seat === seat && loss.id === bid.id && loss.impid === bid.impid,
    );
  const seatbid = response.seatbid.map((each) => ({
    ...each,
    bid: each.bid.filter((bid) => !isOut(each.seat, bid)),
  }));
  return { ...response, seatbid };
}

function withSecrets(response: NaiveResponse, secret: string): object {
  const seatbid = response.seatbid.map((each) => ({
    ...each,
    bid: each.bid.map((bid) => ({
      ...bid,
      adm: secret,
      nurl: `https://${secret}.example`,
      burl: secret,
      lurl: secret,
      iurl: secret,
    })),
  }));
  return { ...response, seatbid };
}

function reversed(response: NaiveResponse): NaiveResponse {
  const seatbid = response.seatbid.map((each) => ({ ...each, bid: each.bid.toReversed() })).reverse();
  return { ...response, seatbid };
}

function permuted<T>(list: readonly T[], draw: () => number): T[] {
  return list
    .map((part) => ({ part, at: draw() }))
    .sort((a, b) => a.at - b.at)
    .map(({ part }) => part);
}
