/** Thrown when the engine's own promise is broken. Bad input is never an InvariantError: it is a refusal. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

export function invariant(holds: boolean, promise: string): asserts holds {
  if (!holds) throw new InvariantError(promise);
}
