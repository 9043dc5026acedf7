import { BULK } from './bulk/report-bulk.js';
import { LEDGER } from './ledger/report-ledger.js';
import { OPENRTB } from './openrtb/report-openrtb.js';
import type { Part } from './part.js';
import { POLICIES } from './policies/report-policies.js';
import { RETRIES } from './retries/report-retries.js';
import { VERIFY } from './verify/report-verify.js';

/** Every part, in the order in which they are measured. */
export const PARTS: readonly Part[] = [POLICIES, OPENRTB, BULK, LEDGER, RETRIES, VERIFY];
