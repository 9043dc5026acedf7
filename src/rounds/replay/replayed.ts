/** The first place where two records differ. */
export interface Difference {
  /** JSON pointer (RFC 6901) into the record. */
  readonly pointer: string;
  /** JSON; undefined where the stored record has nothing. */
  readonly stored: string | undefined;
  /** JSON; undefined where the recomputed record has nothing. */
  readonly recomputed: string | undefined;
}

/** What came of one record. */
export type Replayed =
  /** A decision that was made again, to the same bytes. */
  | { readonly outcome: 'equal' }
  | { readonly outcome: 'different'; readonly difference: Difference }
  /** No decision, and as it has to be: a birth, a policy, a profile. */
  | { readonly outcome: 'read' }
  /** It names a policy or profile whose record has not come. */
  | { readonly outcome: 'lacks-rules'; readonly reason: string }
  /** It cannot be decided again. */
  | { readonly outcome: 'impossible'; readonly reason: string };
