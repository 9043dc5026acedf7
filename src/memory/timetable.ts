interface Entry<V> {
  readonly key: string;
  readonly atMs: number;
  readonly value: V;
}

/** Entries that were moved or removed stay in the heap until they come up, but no more of them than this and those that count. */
const STALE_MAX = 64;

/**
 * Values by key, each due at one instant. A heap orders the instants:
 *
 *          0          every entry is due no earlier than
 *        1   2        the one above it, so that the
 *       3 4 5 6       first is due first
 */
export class Timetable<V> {
  readonly #entries = new Map<string, Entry<V>>();
  #heap: Entry<V>[] = [];

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  /** When the key is due. */
  instantOf(key: string): number | undefined {
    return this.#entries.get(key)?.atMs;
  }

  /** A key that is set again has the new value and the new instant only. */
  set(key: string, atMs: number, value: V): void {
    const entry = { key, atMs, value };
    this.#entries.set(key, entry);
    this.#push(entry);
    if (this.#heap.length > 2 * this.#entries.size + STALE_MAX) this.#dropStale();
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** The values that are due, earliest first. */
  due(nowMs: number, limit: number): V[] {
    const due: Entry<V>[] = [];
    while (due.length < limit && this.#isFirstDue(nowMs)) due.push(this.#pop());
    for (const entry of due) this.#push(entry);
    return due.map(({ value }) => value);
  }

  /** Removes the values that are due, and answers them. */
  takeDue(nowMs: number): V[] {
    const due: V[] = [];
    while (this.#isFirstDue(nowMs)) {
      const { key, value } = this.#pop();
      this.#entries.delete(key);
      due.push(value);
    }
    return due;
  }

  #isFirstDue(nowMs: number): boolean {
    while (this.#heap.length > 0 && !this.#counts(this.#heap[0]!)) this.#pop();
    return this.#heap.length > 0 && this.#heap[0]!.atMs <= nowMs;
  }

  #counts(entry: Entry<V>): boolean {
    return this.#entries.get(entry.key) === entry;
  }

  #push(entry: Entry<V>): void {
    let at = this.#heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#heap[above]!.atMs <= entry.atMs) break;
      this.#heap[at] = this.#heap[above]!;
      at = above;
    }
    this.#heap[at] = entry;
  }

  #pop(): Entry<V> {
    const first = this.#heap[0]!;
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) this.#sink(last);
    return first;
  }

  /** Puts the entry where the first one was, and from there below whatever is due earlier. */
  #sink(entry: Entry<V>): void {
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      if (left >= this.#heap.length) break;
      const isRightFirst = right < this.#heap.length && this.#heap[right]!.atMs < this.#heap[left]!.atMs;
      const below = isRightFirst ? right : left;
      if (this.#heap[below]!.atMs >= entry.atMs) break;
      this.#heap[at] = this.#heap[below]!;
      at = below;
    }
    this.#heap[at] = entry;
  }

  /** What is sorted is a heap. */
  #dropStale(): void {
    this.#heap = [...this.#entries.values()].sort((a, b) => a.atMs - b.atMs);
  }
}
