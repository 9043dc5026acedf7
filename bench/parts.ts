import { BULK } from './bulk/report-bulk.js';
import { OPENRTB } from './openrtb/report-openrtb.js';
import type { Part } from './part.js';
import { POLICIES } from './policies/report-policies.js';
import { VERIFY } from './verify/report-verify.js';

/** Every part, in the order in which they are measured. */
export const PARTS: readonly Part[] = [POLICIES, OPENRTB, BULK, VERIFY];
