import { UsageError } from '../terminal.js';

/** What a command is asked for, and the trail it is to be found in. */
export interface Wanted {
  readonly wanted: string;
  /** An address or a file; undefined: neither was named. */
  readonly from: string | undefined;
}

/** `WANTED [--from URL|FILE]`, in either order. */
export function readFrom(args: readonly string[], usage: string): Wanted {
  const place = args.indexOf('--from');
  const from = place === -1 ? undefined : args[place + 1];
  const [wanted, ...more] = place === -1 ? args : args.toSpliced(place, 2);
  if (wanted === undefined || more.length > 0 || (place !== -1 && from === undefined))
    throw new UsageError(usage);
  return { wanted, from };
}
