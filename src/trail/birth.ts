/** The first record of a log: who the node is, and what is needed to check everything it signs. */
export interface Birth {
  readonly node: string;
  readonly atMs: number;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Buffer;
  /** SHA-256 of the key that orders ties: binds the node to it without telling it. */
  readonly tieKeyHash: Buffer;
}

/** Canonical JSON (RFC 8785): members in the order of their names. */
export function writeBirth({ node, atMs, publicKey, tieKeyHash }: Birth): string {
  return (
    `{"at":${atMs},"kind":"birth","node":"${node}","publicKey":"${publicKey.toString('hex')}"` +
    `,"tieKeyHash":"${tieKeyHash.toString('hex')}","version":1}`
  );
}

/** The key that a birth names, in hex: what everything else of its log is checked with. */
export function publicKeyIn(birth: string): string {
  return (JSON.parse(birth) as { readonly publicKey: string }).publicKey;
}
