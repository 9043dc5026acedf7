import { limitsSeats } from './declare-kind.js';

/** The best bids of a seat count, whatever the order they came in; the value is the place of the bid among them. */
export const bidsPerSeat = limitsSeats('bids-per-seat', ({ max }, speak) => () => {
  const counts = new Map<string, number>();
  return ({ seat }) => {
    const place = (counts.get(seat) ?? 0) + 1;
    counts.set(seat, place);
    return place <= max ? undefined : speak('seatBids', max, place);
  };
});
