import type { MarketRound } from '../../sim/market.js';

/**
 * Rounds made by hand: the market's bids carry neither categories nor attributes, and drawing some would change every
 * round after them. They name `house` without a version, so each is decided under the newest one.
 */

/** The best bid is denied, the next one moves up and is large enough to need a person. */
export const STOPPED: MarketRound = {
  title: 'Podcast pre-roll, packages of ten thousand',
  request: {
    id: 'under-rules-1',
    format: 'first-price',
    currency: 'USD',
    explain: true,
    policies: ['house'],
    lots: [{ id: 'podcast-pre-roll', floor: 12, quantity: 6 }],
    bids: [
      { ...podcastBid('alder', 16.4), attributes: { viewability: 0.81 } },
      { ...podcastBid('birch', 19.6), attributes: { viewability: 0.74 }, categories: ['IAB7-39'] },
      { ...podcastBid('rowan', 18.1), attributes: { viewability: 0.62 } },
    ],
  },
};

/** The bid that offers most is not the one that is worth most. */
export const OUTWEIGHED: MarketRound = {
  title: 'Homepage takeover, one day',
  request: {
    id: 'under-rules-2',
    format: 'first-price',
    currency: 'USD',
    explain: true,
    policies: ['house'],
    profile: 'attention',
    lots: [{ id: 'homepage-takeover', floor: 9 }],
    bids: [
      { ...homepageBid('alder', 11.4), attributes: { viewability: 0.85 } },
      { ...homepageBid('cedar', 9.5), attributes: { viewability: 0.5 } },
      { ...homepageBid('maple', 12.9), attributes: { viewability: 0.8 } },
    ],
  },
};

function podcastBid(seat: string, price: number) {
  return { id: `podcast-pre-roll-${seat}`, seat, lot: 'podcast-pre-roll', price, quantity: 6 };
}

function homepageBid(seat: string, price: number) {
  return { id: `homepage-takeover-${seat}`, seat, lot: 'homepage-takeover', price };
}
