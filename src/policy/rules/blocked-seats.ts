import { judgesBids } from './declare-kind.js';

export const blockedSeats = judgesBids('blocked-seats', ({ seats }, speak) => {
  const blocked = new Set(seats);
  return ({ seat }) => (blocked.has(seat) ? speak('seat', seat, seat) : undefined);
});
