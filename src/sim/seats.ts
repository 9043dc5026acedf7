/** The buying seats of the simulated market and how each of them bids. */

export type StrategyName = 'steady' | 'aggressive' | 'bargain hunter' | 'deal holder';

export interface Seat {
  readonly name: string;
  readonly strategy: StrategyName;
  /** Where its advertisements lead. */
  readonly domain: string;
}

export const SEATS: readonly Seat[] = [
  { name: 'alder', strategy: 'steady', domain: 'alder.example' },
  { name: 'birch', strategy: 'aggressive', domain: 'birch.example' },
  { name: 'cedar', strategy: 'bargain hunter', domain: 'cedar.example' },
  { name: 'maple', strategy: 'deal holder', domain: 'shop.maple.example' },
  { name: 'rowan', strategy: 'steady', domain: 'rowan.example' },
];
