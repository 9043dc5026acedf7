import { type Refusal, refuse } from '../../base/errors.js';
import type { Journal } from '../ports.js';

export interface Refused {
  readonly refusal: Refusal;
}

/** Runs a story that only reads; a ledger that fails is told to the journal and answered as a refusal. */
export async function readStory<T>(journal: Journal, read: () => Promise<T>): Promise<T | Refused> {
  try {
    return await read();
  } catch (error) {
    journal.fault('the trail could not be read', error);
    return { refusal: refuse('LEDGER_UNAVAILABLE', 'The ledger could not be read; nothing was changed.') };
  }
}

export function nothingThere(message: string): Refused {
  return { refusal: refuse('NOT_FOUND', message) };
}

export function gone(message: string): Refused {
  return { refusal: refuse('TRIMMED', message) };
}
