import { type Static, Type } from '@sinclair/typebox';
import { ID_PATTERN } from '../base/ids.js';

/** The file that says who may call, and what each caller may do. It holds hashes of keys and no key. */

export const ROLES = ['bidder', 'operator', 'approver', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** In place of a seat or a party: all of them. */
export const ALL = '*';

export const CALLERS_MAX = 10_000;
export const SEATS_MAX = 256;
const KEYS_PER_CALLER_MAX = 8;

const CallerName = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
  description: 'a letter or digit and up to 63 of letters, digits, `.`, `_` and `-`',
});
const KeyHash = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'the SHA-256 of a key as 64 hex digits in lower case, never the key itself',
});
const OneRole = Type.Unsafe<Role>(
  Type.String({ pattern: `^(${ROLES.join('|')})$`, description: `one of ${ROLES.join(', ')}` }),
);
const Name = Type.String({ pattern: ID_PATTERN, description: '1 to 128 characters of ASCII 0x21 to 0x7E' });
const Names = Type.Array(Name, {
  maxItems: SEATS_MAX,
  description: `an array of at most ${SEATS_MAX} names, or ["${ALL}"] for all`,
});

export const CallerEntry = Type.Object(
  {
    name: CallerName,
    keyHashes: Type.Array(KeyHash, {
      minItems: 1,
      maxItems: KEYS_PER_CALLER_MAX,
      description: `an array of 1 to ${KEYS_PER_CALLER_MAX} hashes`,
    }),
    roles: Type.Array(OneRole, {
      minItems: 1,
      maxItems: ROLES.length,
      description: `an array of some of ${ROLES.join(', ')}`,
    }),
    seats: Type.Optional(Names),
    parties: Type.Optional(Names),
    expiresAt: Type.Optional(
      Type.String({
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$',
        description: 'an instant in UTC such as 2027-01-31T00:00:00Z',
      }),
    ),
  },
  { additionalProperties: false, description: 'an object' },
);

/** The entries are checked one by one, so that each fault names its entry. */
export const KeysFrame = Type.Object(
  { callers: Type.Array(Type.Unknown(), { maxItems: CALLERS_MAX }) },
  { additionalProperties: false },
);

export type CallerEntry = Static<typeof CallerEntry>;

export interface KeysDocument {
  readonly callers: readonly CallerEntry[];
}
