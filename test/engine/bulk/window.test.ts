import { describe, expect, test } from 'vitest';
import { Window, WINDOW_BYTES_MAX, WINDOW_ROUNDS_MAX } from '../../../src/engine/bulk/window.js';

describe('a window', () => {
  test('gives answers in the order of their lines, whichever comes first', async () => {
    const window = new Window();
    const places = [window.open(1), window.open(2), window.open(3)];
    const first = window.next();
    window.settle(places[2]!, 'c');
    window.settle(places[0]!, 'a');
    expect(await first).toEqual({ text: 'a', rounds: 1, bytes: 1 });
    window.settle(places[1]!, 'b');
    expect(await window.next()).toEqual({ text: 'bc', rounds: 2, bytes: 5 });
    window.close();
    expect(await window.next()).toBeUndefined();
  });

  test.each([
    ['rounds', 1, WINDOW_ROUNDS_MAX],
    ['bytes', WINDOW_BYTES_MAX / 4, 4],
  ])('that is full of %s has no room before an answer is written', async (_, bytes, count) => {
    const window = new Window();
    for (let place = 0; place < count; place++) {
      expect(window.isFull).toBe(false);
      window.settle(window.open(bytes), 'x');
    }
    expect(window.isFull).toBe(true);
    const run = await window.next();
    expect(window.isFull).toBe(true);
    const room = window.room();
    window.release(run!);
    await room;
    expect(window.bytes).toBe(0);
  });

  test('takes a single line that is larger than it', () => {
    const window = new Window();
    window.open(2 * WINDOW_BYTES_MAX);
    expect(window.isFull).toBe(true);
  });
});
