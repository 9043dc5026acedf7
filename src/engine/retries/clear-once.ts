import type { RoundReply } from '../round-reply.js';
import type { Claim, KeyedRequest } from './claim.js';
import { readRoundReply } from './kept-rounds.js';
import { decideOnce } from './once.js';
import type { RetryPorts } from './ports.js';

/** Puts the round into the queue, which may be full; `askedMs` is what it took to get the claim. */
export type SubmitClaimed = (claim: Claim, askedMs: number) => Promise<RoundReply> | undefined;

export type ClearOnce = (keyed: KeyedRequest, submit: SubmitClaimed) => Promise<RoundReply>;

/** The story of a round that may be sent again. */
export function clearOnceWith(ports: RetryPorts): ClearOnce {
  const { clock } = ports;
  return (keyed, submit) => {
    const askedAtMs = clock.monotonicMs();
    const decide = (claim: Claim) => submit(claim, clock.monotonicMs() - askedAtMs);
    return decideOnce(ports, keyed, { decide, read: readRoundReply });
  };
}
