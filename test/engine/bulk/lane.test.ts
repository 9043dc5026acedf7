import { describe, expect, test } from 'vitest';
import { Lane } from '../../../src/engine/bulk/lane.js';

describe('a lane', () => {
  test('lets in whoever waits longest, and nobody past it', async () => {
    const lane = new Lane({ rounds: 1, bytes: 100 });
    const came: string[] = [];
    expect(lane.enter(1)).toBe(true);
    expect(lane.enter(1)).toBe(false);
    const turns = ['first', 'second'].map((name) => lane.turn(1).then(() => came.push(name)));
    lane.leave(1);
    await turns[0];
    expect(came).toEqual(['first']);
    expect(lane.enter(1)).toBe(false);
    lane.leave(1);
    await turns[1];
    lane.leave(1);
    expect(came).toEqual(['first', 'second']);
    expect(lane.enter(1)).toBe(true);
  });

  test('holds so many bytes, and a larger line alone', async () => {
    const lane = new Lane({ rounds: 10, bytes: 100 });
    expect(lane.enter(60)).toBe(true);
    expect(lane.enter(41)).toBe(false);
    expect(lane.enter(40)).toBe(true);
    lane.leave(60);
    expect(lane.enter(500)).toBe(false);
    const turn = lane.turn(500);
    lane.leave(40);
    await turn;
    expect(lane.enter(1)).toBe(false);
    lane.leave(500);
    expect(lane.enter(1)).toBe(true);
  });

  test('keeps small lines behind a large one that waits: it would never get in otherwise', async () => {
    const lane = new Lane({ rounds: 10, bytes: 100 });
    expect(lane.enter(80)).toBe(true);
    const large = lane.turn(90);
    expect(lane.enter(1)).toBe(false);
    const small = lane.turn(5);
    lane.leave(80);
    await Promise.all([large, small]);
    expect(lane.enter(6)).toBe(false);
    expect(lane.enter(5)).toBe(true);
  });
});
