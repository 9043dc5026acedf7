import type { Refusal } from '../base/errors.js';

/** Carries a refusal through Fastify's error path, for places that cannot simply answer it. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';

  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}
