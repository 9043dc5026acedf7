import { judgesAwards } from './declare-kind.js';

export const awardsPerSeat = judgesAwards('awards-per-seat', ({ max }, speak) => () => {
  const counts = new Map<string, number>();
  return {
    judge: ({ seat }) => {
      const awards = (counts.get(seat) ?? 0) + 1;
      return awards <= max ? undefined : speak('seatAwards', max, awards);
    },
    take: ({ seat }) => {
      counts.set(seat, (counts.get(seat) ?? 0) + 1);
    },
  };
});
