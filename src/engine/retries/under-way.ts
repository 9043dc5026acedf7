import type { Clock } from '../../base/clock.js';
import type { Claim, KeyedRequest } from './claim.js';

/** Past it a key whose reservation may stand for nothing is forgotten here, and free again when it is asked for here. */
const OWED_MAX = 10_000;
/**
 * What was asked of the ledger and not answered may still be on its way. So long its key is given to nobody here: it
 * must not be taken from a request that has it by then.
 */
const GRACE_MS = 2000;

interface Owed {
  readonly claim: Claim;
  sinceMs: number;
}

/**
 * The keys that this node is about: each is settled by one request at a time. A key that could not be given back, or
 * was taken without anybody having been told, stays under way until the ledger has let it go.
 */
export class UnderWay {
  readonly #fingerprints = new Map<string, string>();
  readonly #owed = new Map<string, Owed>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The caller leaves when it has entered. */
  enter({ key, fingerprint }: KeyedRequest): 'entered' | 'in-flight' | 'mismatch' {
    const known = this.#fingerprints.get(key);
    if (known !== undefined) return known === fingerprint ? 'in-flight' : 'mismatch';
    this.#fingerprints.set(key, fingerprint);
    return 'entered';
  }

  leave(key: string): void {
    if (!this.#owed.has(key)) this.#fingerprints.delete(key);
  }

  /** The key has to be given back, and could not be. */
  owe(claim: Claim): void {
    const sinceMs = this.#clock.monotonicMs();
    if (this.#owed.size < OWED_MAX) this.#owed.set(claim.key, { claim, sinceMs });
  }

  /** Gives back what has been owed for a while; ends at the first key for which it fails. @throws what made it fail */
  async giveBackOwed(giveBack: (claim: Claim) => Promise<void>): Promise<void> {
    for (const owed of this.#owed.values()) {
      if (this.#clock.monotonicMs() - owed.sinceMs < GRACE_MS) continue;
      const { claim } = owed;
      try {
        await giveBack(claim);
      } catch (error) {
        owed.sinceMs = this.#clock.monotonicMs();
        throw error;
      }
      this.#owed.delete(claim.key);
      this.leave(claim.key);
    }
  }
}
