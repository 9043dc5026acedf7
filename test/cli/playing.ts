import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer } from '../../src/cli/demo/clearing.js';
import { tellRound } from '../../src/cli/demo/telling.js';
import { RoundClearer } from '../../src/rounds/clear-round.js';
import { DEFAULT_ROUND_LIMITS } from '../../src/schema/limits.js';
import type { BidRequest, LotRequest, RoundRequest } from '../../src/schema/round.js';

const CLI = fileURLToPath(new URL('../../dist/current/src/cli/main.js', import.meta.url));
/** The lot that `bidFrom` bids on. */
export const LOT = { id: 'tv', floor: 1 };

export interface Ending {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export function runDemo(
  environment: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<Ending> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [CLI, 'demo', ...args], { env: environment }, (_, out, err) => {
      resolve({ status: child.exitCode ?? -1, out, err });
    });
  });
}

/** "seat price deal quantity care"; a dash stands for no deal. */
export function bidFrom(text: string): BidRequest {
  const [seat = '', price, deal = '-', quantity = '1', care = '0'] = text.split(' ');
  const bid = {
    id: seat,
    seat,
    lot: 'tv',
    price: Number(price),
    quantity: Number(quantity),
    domains: [`${seat}.example`],
    attributes: { care: Number(care) },
  };
  return deal === '-' ? bid : { ...bid, deal };
}

/** The words about each bid, winners first. */
export function tell(
  lot: LotRequest,
  bids: BidRequest[],
  rules?: Pick<RoundRequest, 'policies' | 'profile'>,
): readonly string[] {
  const terms = { id: 'told', format: 'first-price', currency: 'USD', ...rules } as const;
  const request: RoundRequest = { ...terms, explain: rules !== undefined, lots: [lot], bids };
  const clearer = new RoundClearer({
    limits: DEFAULT_ROUND_LIMITS,
    tieKey: new Uint8Array(32),
    retention: 'off',
  });
  const clearing = clearer.clear(Buffer.from(JSON.stringify(request)), {
    fallbackId: '',
    atMs: 0,
    waitedMs: 0,
  });
  if ('refusal' in clearing) throw new Error(clearing.refusal.message);
  const answer = JSON.parse(clearing.cleared.answer) as Answer;
  const [, , , ...told] = tellRound({ title: 'told', request, answer });
  return told;
}
