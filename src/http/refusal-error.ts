import type { Refusal } from '../base/errors.js';

/** Carries a refusal through Fastify's error path, for places that cannot simply answer it. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';

  constructor(
    readonly refusal: Refusal,
    /** The request was not read to its end, so the connection cannot be used again. */
    readonly closesConnection = false,
  ) {
    super(refusal.message);
  }
}
