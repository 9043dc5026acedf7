/** How much a ledger of a test keeps. */
export interface LedgerBounds {
  readonly blockBytesMax: number;
  readonly catalogueBytesMax: number;
}
