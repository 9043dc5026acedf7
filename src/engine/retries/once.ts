import { refuse } from '../../base/errors.js';
import { type Claim, isRefused, type KeyedRequest, type Refused } from './claim.js';
import type { RetryPorts } from './ports.js';
import { takeKey } from './take-key.js';

/** How a request is decided, and how its answer is read back. */
export interface Deciding<Reply> {
  /** Puts the answer under the claim before anybody reads it; undefined when the engine has all the work it accepts. */
  readonly decide: (claim: Claim) => Promise<Reply | Refused> | undefined;
  readonly read: (answer: Buffer) => Reply;
}

/**
 * The story of a request that may be sent again: take the key, decide, and let the answer stand where the next one
 * looks for it. A refusal decides nothing, so its key is free again; unless nobody knows whether it was decided.
 */
export async function decideOnce<Reply extends object>(
  ports: RetryPorts,
  request: KeyedRequest,
  deciding: Deciding<Reply>,
): Promise<Reply | Refused> {
  const { underWay } = ports;
  const entry = underWay.enter(request);
  if (entry !== 'entered') {
    return { refusal: refuse(entry === 'mismatch' ? 'IDEMPOTENCY_MISMATCH' : 'IN_FLIGHT') };
  }
  try {
    const taking = await takeKey(ports, request);
    if ('refusal' in taking) return taking;
    if ('answer' in taking) return deciding.read(taking.answer);
    const reply = (await deciding.decide(taking.claim)) ?? { refusal: refuse('OVERLOADED') };
    if (isRefused(reply) && reply.refusal.code !== 'OUTCOME_UNKNOWN') await giveBack(ports, taking.claim);
    return reply;
  } finally {
    underWay.leave(request.key);
  }
}

async function giveBack({ ledger, underWay }: RetryPorts, claim: Claim): Promise<void> {
  await ledger.retries.release(claim.key, claim.node).catch(() => {
    underWay.owe(claim);
  });
}
