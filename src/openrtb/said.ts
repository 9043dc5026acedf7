/** Serializers write null, and an empty text, for what is not there. */
export function isSaid<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null && value !== '';
}
