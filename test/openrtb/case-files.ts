import { readdirSync, readFileSync } from 'node:fs';
import type { LossReason } from '../../src/base/loss-reasons.js';
import type { OpenRtbOptions } from '../../src/schema/openrtb/options.js';

/** Every file below test/cases/openrtb is a case: a request, its responses, and the answer or the refusal they have to get. */
export interface OpenRtbCase {
  readonly says: string;
  readonly options?: OpenRtbOptions;
  readonly request: unknown;
  readonly responses: unknown;
  readonly answer?: ExpectedAnswer;
  readonly refusal?: { readonly code: string; readonly path: string };
}

export interface ExpectedAnswer {
  readonly seatbid?: readonly { readonly bid: readonly { readonly price: number }[] }[];
  readonly ext: {
    readonly parley: { readonly losses: readonly { readonly code: number; readonly reason: LossReason }[] };
  };
}

const FOLDER = new URL('../cases/openrtb/', import.meta.url);

export const OPENRTB_CASES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file): [string, OpenRtbCase] => [
    file,
    JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as OpenRtbCase,
  ]);
