export const DEADLINE_BUCKETS = 16;
export const RETRY_BYTES_KEY = 'parley:{retries}:bytes';
export function sessionKeys(session: string): readonly [string, string] {
  return [`parley:{s:${session}}:head`, `parley:{s:${session}}:events`];
}
export function deadlinesKey(bucket: number): string {
  return `parley:{d:${bucket}}:deadlines`;
}
export function deadlinesKeyOf(session: string): string {
  let hash = 2_166_136_261;
  for (const byte of Buffer.from(session)) hash = Math.imul(hash ^ byte, 16_777_619) >>> 0;
  return deadlinesKey(hash % DEADLINE_BUCKETS);
}
export function reservationKey(key: string): string {
  return `parley:{r:${key.slice(0, 2)}}:${key}`;
}
export function logHeadKey(node: string): string {
  return `parley:{log:${node}}:head`;
}
export function answerKey(node: string, key: string): string {
  return `parley:{log:${node}}:answer:${key}`;
}
export function aliveKey(node: string): string {
  return `parley:{log:${node}}:alive`;
}
