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
  domains?: string[];
}

export interface NaiveRound {
  id: string;
  format: 'first-price' | 'second-price' | 'fixed-price' | 'uniform-price' | 'gsp' | 'vcg';
  currency: string;
  increment?: number;
  lots: NaiveLot[];
  bids: NaiveBid[];
}

export interface NaiveAward {
  lot: string;
  bid: string;
  seat: string;
  price: number;
  quantity: number;
  slot?: number;
  minimumToWin: number;
}

export interface NaiveLoss {
  bid: string;
  seat: string;
  lot: string;
  code: number;
  reason: string;
  minimumToWin?: number;
}

export interface NaiveAnswer {
  id: string;
  outcome: string;
  awards: NaiveAward[];
  losses: NaiveLoss[];
}
