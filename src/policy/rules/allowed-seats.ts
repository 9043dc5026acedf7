import { judgesBids } from './declare-kind.js';
import { shownNames } from '../verdict.js';

export const allowedSeats = judgesBids('allowed-seats', ({ seats }, speak) => {
  const allowed = new Set(seats);
  const limit = shownNames(seats);
  return ({ seat }) => (allowed.has(seat) ? undefined : speak('seat', limit, seat));
});
