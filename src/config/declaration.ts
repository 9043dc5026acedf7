/** How one option is read and described. */
export interface Declaration<T> {
  /** Reads the text of the variable, or says what is wrong with it. */
  readonly read: (text: string) => { readonly value: T } | { readonly wrong: string };
  /** What holds when the variable is absent. */
  readonly fallback: T;
  /** The default as the documents say it. */
  readonly shownDefault: string;
  /** The values that are accepted, as the documents say it. */
  readonly bounds: string;
  readonly sentence: string;
}
