import { type Refusal, refuse } from '../../base/errors.js';
import { LedgerUnavailable, type Reservation, type Reserved } from '../ledger-port.js';
import type { Claim, KeyedRequest, Refused } from './claim.js';
import { nextStep, type Sight } from './next-step.js';
import type { RetryPorts } from './ports.js';

/** The key is this node's to decide, or answered already, or neither. */
export type Taking = { readonly claim: Claim } | { readonly answer: Buffer } | Refused;

/** A key is held longer than its answer is kept: an answer that outlived it would be taken for that of the next request. */
const LONGER_MS = 60_000;

const UNASKED = 'The ledger could not say whether the key was used before; nothing was decided now.';

/** Takes the key for this node, which has nothing else under way for it. */
export async function takeKey(ports: RetryPorts, request: KeyedRequest): Promise<Taking> {
  const { ledger, heartbeat, holder } = ports;
  let reservation: Reservation | undefined;
  let reserved: Reserved | undefined;
  try {
    await heartbeat.begun();
    reservation = { ...request, node: holder.node };
    reserved = await ledger.retries.reserve(reservation, holder.keptMs + LONGER_MS);
    return await follow({ ports, reservation, fenced: new Set(), looks: 0 }, reserved);
  } catch (error) {
    const refusal =
      reserved === undefined ? refuse('LEDGER_UNAVAILABLE', UNASKED) : refuse('OUTCOME_UNKNOWN');
    return { refusal: untaken(ports, reservation, error, refusal) };
  }
}

interface Attempt {
  readonly ports: RetryPorts;
  readonly reservation: Reservation;
  /** Nodes that can answer nothing any more. */
  readonly fenced: Set<string>;
  looks: number;
}

/** Nodes may die one after the other, each with the key in hand; whoever asks later goes on from here. */
const LOOKS_MAX = 8;

function follow(attempt: Attempt, reserved: Reserved): Promise<Taking> {
  if (reserved.reserved) return Promise.resolve({ claim: attempt.reservation });
  if ('full' in reserved) return Promise.resolve({ refusal: refuse('IDEMPOTENCY_FULL') });
  return settle(attempt, reserved.holder);
}

async function settle(attempt: Attempt, holder: Reservation): Promise<Taking> {
  const { ports, reservation, fenced } = attempt;
  const { ledger, holder: self } = ports;
  if (attempt.looks++ === LOOKS_MAX) return { refusal: refuse('IN_FLIGHT') };
  const { sight, answer } = await lookAt(attempt, holder);
  switch (nextStep(sight)) {
    case 'mismatch':
      return { refusal: refuse('IDEMPOTENCY_MISMATCH') };
    case 'replay':
      return { answer: answer! };
    case 'decide':
      return { claim: holder };
    case 'leave-open':
      return { refusal: refuse('OUTCOME_UNKNOWN') };
    case 'in-flight':
      return { refusal: refuse('IN_FLIGHT') };
    case 'fence':
      await ledger.fence(holder.node);
      fenced.add(holder.node);
      return settle(attempt, holder);
    case 'take-over':
      return follow(
        attempt,
        await ledger.retries.takeOver(reservation, holder.node, self.keptMs + LONGER_MS),
      );
  }
}

interface Looked {
  readonly sight: Sight;
  readonly answer: Buffer | undefined;
}

/** A block in doubt is settled before the answer is looked for: the other way round it could come in between. */
async function lookAt({ ports, reservation, fenced }: Attempt, holder: Reservation): Promise<Looked> {
  const { retries } = ports.ledger;
  const isSameRequest = holder.fingerprint === reservation.fingerprint;
  const isHere = holder.node === ports.holder.node;
  const isFenced = fenced.has(holder.node);
  const isInDoubt = isSameRequest && isHere && !(await ports.holder.settle());
  const answer = isSameRequest ? await retries.readAnswer(holder.node, holder.key) : undefined;
  const isAnswered = answer !== undefined;
  const mayBeAlive = isSameRequest && !isAnswered && !isHere && !isFenced;
  const isAlive = mayBeAlive && (await retries.isAlive(holder.node));
  return { sight: { isSameRequest, isAnswered, isHere, isInDoubt, isAlive, isFenced }, answer };
}

/** Unless the ledger certainly did nothing, this node may hold the key, and nobody was told so. */
function untaken(
  { underWay, journal }: RetryPorts,
  claim: Claim | undefined,
  error: unknown,
  refusal: Refusal,
): Refusal {
  if (claim !== undefined && !(error instanceof LedgerUnavailable)) underWay.owe(claim);
  journal.fault('an idempotency key could not be settled', error);
  return refusal;
}
