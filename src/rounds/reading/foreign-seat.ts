import { type Refusal, refuse } from '../../base/errors.js';

/** The only seats whose bids a request may carry; undefined: any. */
export type Seats = ReadonlySet<string> | undefined;

/** Refuses the first bid of a seat that its sender is not bound to. Who is bound to none pays one comparison. */
export function foreignSeat(bids: readonly { readonly seat: string }[], seats: Seats): Refusal | undefined {
  if (seats === undefined) return undefined;
  const index = bids.findIndex(({ seat }) => !seats.has(seat));
  return index === -1 ? undefined : foreign(`/bids/${index}/seat`);
}

/** The seat stands in the request and is not repeated: it may be long. */
export function foreign(path: string): Refusal {
  return refuse('FORBIDDEN', `${path}: the caller may not bid for this seat.`, path);
}
