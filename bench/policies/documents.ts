/** The policy and the profile of the measurements. Of the generated bids about one in twelve is stopped. */

export const POLICY = {
  rules: [
    { id: 'cap', kind: 'price-cap', max: 25 },
    { id: 'least', kind: 'price-floor', min: 0.1 },
    { id: 'seats', kind: 'blocked-seats', seats: ['seat-41', 'seat-42', 'seat-43'] },
    { id: 'sellers', kind: 'allowed-sellers', sellers: ['north-press', 'south-press'], missing: 'allow' },
    { id: 'names', kind: 'blocked-domains', domains: blockedDomains() },
    { id: 'topics', kind: 'blocked-categories', categories: ['IAB26', 'IAB7-39'], taxonomy: 'content-1.0' },
    { id: 'viewable', kind: 'attribute-range', attribute: 'viewability', min: 0.03 },
    { id: 'complete', kind: 'attribute-range', attribute: 'completion', min: 0.03 },
    { id: 'dwell', kind: 'attribute-range', attribute: 'dwell', min: 0.03 },
    { id: 'clicks', kind: 'cel', expression: 'bid.price < 20.0 || bid.attributes.clicks > 0.01' },
  ],
} as const;

const rising = (to: number) => ({ linear: { from: 0, to } });

/** Six inputs: the price and every attribute of the generated bids. */
export const PROFILE = {
  price: { weight: 5, value: rising(10) },
  attributes: {
    viewability: { weight: 1, value: rising(1) },
    completion: { weight: 1, value: rising(1) },
    clicks: { weight: 1, value: { log: { from: 0.001, to: 0.05 } } },
    dwell: { weight: 1, value: { target: { low: 0.3, high: 0.6, tolerance: 0.3 } } },
    recency: { weight: 1, value: { linear: { from: 10, to: 1 } } },
  },
  risk: { lambda: 0.1, spread: 'viewability' },
};

function blockedDomains(): string[] {
  return Array.from({ length: 100 }, (_, index) => `blocked-${index}.example`);
}
