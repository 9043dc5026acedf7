import type { Rule } from '../../src/schema/policy.js';
import type { ProfileDocument } from '../../src/schema/profile.js';

/** Rounds and answers as they stand on the wire, as far as the naive twin knows them. */

export interface NaiveDeal {
  id: string;
  floor?: number;
  format?: 'first-price' | 'second-price' | 'fixed-price';
  seats?: string[];
  domains?: string[];
}

export interface NaiveLot {
  id: string;
  floor?: number;
  reserve?: number;
  quantity?: number;
  slots?: number[];
  privateAuction?: boolean;
  deals?: NaiveDeal[];
}

export interface NaiveBid {
  id: string;
  seat: string;
  lot: string;
  price: number;
  quantity?: number;
  deal?: string;
  seller?: string;
  domains?: string[];
  categories?: string[];
  attributes?: { [name: string]: unknown };
}

export interface NaivePolicy {
  description?: string;
  rules: Rule[];
}

export interface NaiveRound {
  id: string;
  format: 'first-price' | 'second-price' | 'fixed-price' | 'uniform-price' | 'gsp' | 'vcg';
  currency: string;
  increment?: number;
  explain?: boolean;
  /** The twin has no catalogue: it decides rounds that carry their documents. */
  policies?: NaivePolicy[];
  profile?: ProfileDocument;
  lots: NaiveLot[];
  bids: NaiveBid[];
}

export interface NaiveVerdict {
  policy: string;
  rule: string;
  kind: string;
  effect: string;
  severity: string;
  field: string;
  limit: unknown;
  value: unknown;
  sentence?: string;
  owner?: string;
}

export interface NaiveTerm {
  term: string;
  raw?: number;
  value: number;
  weight: number;
  contribution: number;
}

export interface NaiveAward {
  lot: string;
  bid: string;
  seat: string;
  price: number;
  quantity: number;
  slot?: number;
  utility?: number;
  minimumToWin: number;
  provisional?: true;
  rules?: string[];
  verdicts?: NaiveVerdict[];
  terms?: NaiveTerm[];
}

export interface NaiveLoss {
  bid: string;
  seat: string;
  lot: string;
  code: number;
  reason: string;
  rule?: string;
  utility?: number;
  minimumToWin?: number;
  detail?: { field: string; value?: unknown; limit?: unknown };
  verdicts?: NaiveVerdict[];
  terms?: NaiveTerm[];
}

export interface NaiveAnswer {
  id: string;
  outcome: string;
  awards: NaiveAward[];
  losses: NaiveLoss[];
  policies?: string[];
  profile?: string;
}
