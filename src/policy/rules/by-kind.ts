import type { RuleKind } from '../../schema/policy.js';
import type { KindCompiler } from '../compiled-rules.js';
import { allowedCategories } from './allowed-categories.js';
import { allowedDomains } from './allowed-domains.js';
import { allowedSeats } from './allowed-seats.js';
import { allowedSellers } from './allowed-sellers.js';
import { approvalThreshold } from './approval-threshold.js';
import { attributeRange } from './attribute-range.js';
import { awardsPerAdvertiser } from './awards-per-advertiser.js';
import { awardsPerSeat } from './awards-per-seat.js';
import { bidsPerSeat } from './bids-per-seat.js';
import { blockedCategories } from './blocked-categories.js';
import { blockedDomains } from './blocked-domains.js';
import { blockedSeats } from './blocked-seats.js';
import { blockedSellers } from './blocked-sellers.js';
import { cel } from './cel.js';
import { minimumMargin } from './minimum-margin.js';
import { priceCap } from './price-cap.js';
import { priceFloor } from './price-floor.js';
import { privacyFlags } from './privacy-flags.js';
import { roundBudget } from './round-budget.js';
import { separation } from './separation.js';

export const KINDS: Readonly<Record<RuleKind, KindCompiler>> = {
  'price-cap': priceCap,
  'price-floor': priceFloor,
  'minimum-margin': minimumMargin,
  'allowed-seats': allowedSeats,
  'blocked-seats': blockedSeats,
  'allowed-sellers': allowedSellers,
  'blocked-sellers': blockedSellers,
  'allowed-domains': allowedDomains,
  'blocked-domains': blockedDomains,
  'allowed-categories': allowedCategories,
  'blocked-categories': blockedCategories,
  'attribute-range': attributeRange,
  'privacy-flags': privacyFlags,
  'bids-per-seat': bidsPerSeat,
  'awards-per-seat': awardsPerSeat,
  'awards-per-advertiser': awardsPerAdvertiser,
  separation,
  'round-budget': roundBudget,
  'approval-threshold': approvalThreshold,
  cel,
};
