import type { Refusal } from '../base/errors.js';

/** What the door answers: a body and the id of its record, or a refusal. */
export type RoundReply =
  | {
      readonly answer: Buffer;
      readonly recordId: string | undefined;
      /** It was decided before, for the same request. */
      readonly isReplayed?: true;
    }
  | { readonly refusal: Refusal };
