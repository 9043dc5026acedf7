import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPolicyLoss, LOSSES, type LossReason } from '../../src/base/loss-reasons.js';
import type { OpenRtbAnswer } from '../../src/schema/openrtb/clear-answer.js';
import { clearOpenRtb } from './clearing.js';
import { generatedAuction } from './generated-requests.js';
import type { NaiveAnswer } from './naive-answer.js';
import type { Entry, NaiveAuction } from './naive-auction.js';
import { clearNaively } from './naive-clearing.js';

const RUNS = 4000;

type OpenRtbLoss = OpenRtbAnswer['ext']['parley']['losses'][number];

test('the naive twin answers every generated auction as the engine does, and every reason occurs', () => {
  const seen = new Map<LossReason, number>();
  fc.assert(
    fc.property(generatedAuction, (auction) => {
      const answer = answerTo(auction);
      expect(comparable(answer)).toEqual(comparable(clearNaively(auction, hasWon(answer))));
      for (const { reason } of answer.ext.parley.losses as { reason: LossReason }[])
        seen.set(reason, (seen.get(reason) ?? 0) + 1);
    }),
    { numRuns: RUNS },
  );
  const rare = REASONS.filter((reason) => (seen.get(reason) ?? 0) < 10);
  expect(rare, 'reasons that these auctions show too rarely').toEqual([]);
});

test('a twin whose increment is a millionth more is found out', () => {
  const property = fc.property(generatedAuction, (auction) => {
    const answer = answerTo(auction);
    const dearer = { ...auction, request: { ...auction.request, ext: { parley: { increment: 0.010001 } } } };
    expect(comparable(answer)).toEqual(comparable(clearNaively(dearer, hasWon(answer))));
  });
  expect(() => {
    fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  }).toThrow(/price/);
});

/** The reasons that need neither a policy nor a profile. OpenRTB knows no reserve. */
const REASONS = (Object.keys(LOSSES) as LossReason[]).filter(
  (reason) => !isPolicyLoss(reason) && !['RESERVE_NOT_MET', 'UTILITY_ATTRIBUTE_MISSING'].includes(reason),
);

function answerTo(auction: NaiveAuction): OpenRtbAnswer {
  return JSON.parse(clearOpenRtb(auction).answer) as OpenRtbAnswer;
}

/** Without the rates, and with bids that share impression, seat and id in the order of their responses. */
function comparable({ ext, ...rest }: NaiveAnswer | OpenRtbAnswer): unknown {
  const { outcome, losses } = ext.parley;
  const keyOf = ({ impid, seat, id }: OpenRtbLoss) => nameOf(impid, seat, id);
  const firstPlace = new Map([...losses.entries()].reverse().map(([at, loss]) => [keyOf(loss), at]));
  const sorted = losses.toSorted(
    (a, b) => firstPlace.get(keyOf(a))! - firstPlace.get(keyOf(b))! || a.response - b.response,
  );
  return { ...rest, ext: { parley: { outcome, losses: sorted } } };
}

function hasWon({ seatbid = [] }: OpenRtbAnswer): (entry: Entry) => boolean {
  const winners = seatbid.flatMap(({ seat, bid }) =>
    bid.map(({ id, impid, ext }) => nameOf(ext.parley.response, seat, id, impid)),
  );
  return ({ response, seat, bid }) => winners.includes(nameOf(response, seat, bid.id, bid.impid));
}

function nameOf(...parts: readonly unknown[]): string {
  return JSON.stringify(parts.map((part) => part ?? null));
}
