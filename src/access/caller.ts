import { ALL, type CallerEntry, type Role, ROLES } from '../schema/keys-file.js';

/** Somebody who calls, and what it may do. */
export interface Caller {
  readonly name: string;
  readonly roles: ReadonlySet<Role>;
  /** The only seats whose bids it may send; undefined: of any. */
  readonly bidsFor: readonly string[] | undefined;
  /** The only parties it may act for; undefined: for any. */
  readonly actsFor: readonly string[] | undefined;
}

/** Who calls an engine that has no keys: everybody, with every role. */
export const LOCAL: Caller = {
  name: 'local',
  roles: new Set(ROLES),
  bidsFor: undefined,
  actsFor: undefined,
};

/** Who asks a public address of an engine that has keys: nobody looked. */
export const NOBODY: Caller = { name: 'nobody', roles: new Set(), bidsFor: [], actsFor: [] };

/** What a route asks of its callers: one of these roles, or nothing. */
export type Admission = readonly Role[] | 'public';

export function hasOneOf({ roles }: Caller, wanted: readonly Role[]): boolean {
  return wanted.some((role) => roles.has(role));
}

/** A platform sends the bids of all seats, so a caller with the role of one is bound to none. */
export function callerOf({ name, roles, seats = [], parties = [] }: CallerEntry): Caller {
  const isOperator = roles.includes('operator');
  return {
    name,
    roles: new Set(roles),
    bidsFor: isOperator || seats.includes(ALL) ? undefined : seats,
    actsFor: isOperator || parties.includes(ALL) ? undefined : parties,
  };
}
