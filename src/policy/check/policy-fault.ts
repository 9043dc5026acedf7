/** Something that keeps a policy from being taken. `path` is a JSON pointer into the document. */
export interface PolicyFault {
  readonly path: string;
  readonly message: string;
}
