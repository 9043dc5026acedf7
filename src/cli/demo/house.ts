import type { PolicyDocument } from '../../schema/policy.js';
import type { ProfileDocument } from '../../schema/profile.js';

/** What the media buyer of the demo publishes. */
export type Document =
  | { readonly kind: 'policy'; readonly name: string; readonly document: PolicyDocument }
  | { readonly kind: 'profile'; readonly name: string; readonly document: ProfileDocument };

export const HOUSE: Document = housePolicy(0.5);
export const TIGHTER_HOUSE: Document = housePolicy(0.7);

export const ATTENTION: Document = {
  kind: 'profile',
  name: 'attention',
  document: {
    description: 'viewability has weight 3, the price has weight 2',
    price: { weight: 2, value: { linear: { from: 0, to: 20 } } },
    attributes: {
      viewability: { weight: 3, value: { linear: { from: 0.4, to: 0.9 } }, missing: 'refuse' },
    },
  },
};

/** Both versions differ in one number, so that nothing else can explain why the same round ends otherwise. */
function housePolicy(viewabilityMin: number): Document {
  return {
    kind: 'policy',
    name: 'house',
    document: {
      description: `no gambling; viewability from ${viewabilityMin}; awards above 100 need a person`,
      rules: [
        {
          id: 'gambling',
          kind: 'blocked-categories',
          categories: ['IAB7-39'],
          taxonomy: 'content-1.0',
          sentence: 'We stay away from gambling.',
        },
        {
          id: 'viewable',
          kind: 'attribute-range',
          attribute: 'viewability',
          min: viewabilityMin,
          sentence: 'We pay to be seen.',
        },
        { id: 'large', kind: 'approval-threshold', above: 100, sentence: 'Large awards need a person.' },
      ],
    },
  };
}
