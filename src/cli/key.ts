import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Entering, enterAnotherKey, enterCaller } from '../access/enter-key.js';
import { hashOfKey, KEY_BYTES, keyFrom } from '../access/key.js';
import { changeFile, FileBusyError } from '../files/change-file.js';
import { ALL, type CallerEntry, type Role, ROLES } from '../schema/keys-file.js';
import { type Terminal, UsageError } from './terminal.js';

const USAGE =
  'Usage: parley key NAME --roles ROLE,... [--seats SEAT,...|*] [--parties PARTY,...|*] [--expires INSTANT] [--file FILE]\n' +
  '       parley key NAME --add --file FILE';

const OPTIONS = {
  roles: { type: 'string' },
  seats: { type: 'string' },
  parties: { type: 'string' },
  expires: { type: 'string' },
  file: { type: 'string' },
  add: { type: 'boolean' },
} as const;

/**
 * Makes a key and prints it, this once: nobody can read it from what is kept. With a file its hash is entered there, else
 * the entry is printed to be pasted.
 */
export async function key(terminal: Terminal): Promise<number> {
  const wanted = readArguments(terminal.args);
  const made = keyFrom(randomBytes(KEY_BYTES));
  const { file } = wanted;
  if (file === undefined) {
    const text = textOf(enter(undefined, wanted, made));
    terminal.out(`${made}\n\n${text}`);
    terminal.err(
      'The key is shown this once. The file above, or its entry, belongs into PARLEY_KEYS_FILE.\n',
    );
    return 0;
  }
  await enterInto(file, (text) => textOf(enter(text, wanted, made)));
  terminal.out(`${made}\n`);
  terminal.err(`${file} has its hash, under ${wanted.name}. The key is shown this once.\n`);
  return 0;
}

interface Wanted {
  readonly name: string;
  readonly file: string | undefined;
  /** What the new entry says; undefined: the name has one already, and gets another key. */
  readonly entry: Omit<CallerEntry, 'name' | 'keyHashes'> | undefined;
}

function readArguments(args: readonly string[]): Wanted {
  const { values, positionals } = parse(args);
  const { roles, seats, parties, expires, file, add = false } = values;
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0) throw new UsageError(USAGE);
  if (add) {
    const isAlone = [roles, seats, parties, expires].every((given) => given === undefined);
    if (!isAlone || file === undefined)
      throw new UsageError(`--add keeps what FILE says of ${name}.\n${USAGE}`);
    return { name, file, entry: undefined };
  }
  if (roles === undefined) throw new UsageError(`A caller needs a role: ${ROLES.join(', ')}.\n${USAGE}`);
  const entry = {
    roles: roles.split(',').map(readRole),
    ...(seats === undefined ? {} : { seats: listOf(seats) }),
    ...(parties === undefined ? {} : { parties: listOf(parties) }),
    ...(expires === undefined ? {} : { expiresAt: expires }),
  };
  return { name, file, entry };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function readRole(given: string): Role {
  const role = ROLES.find((name) => name === given);
  if (role === undefined)
    throw new UsageError(`There is no role ${given}; the roles are ${ROLES.join(', ')}.`);
  return role;
}

function listOf(given: string): string[] {
  return given === ALL ? [ALL] : given.split(',');
}

function enter(text: string | undefined, { name, entry }: Wanted, made: string): Entering {
  const keyHash = hashOfKey(made);
  if (entry === undefined) return enterAnotherKey(text, name, keyHash);
  return enterCaller(text, { name, keyHashes: [keyHash], ...entry });
}

function textOf(entering: Entering): string {
  if ('faults' in entering) throw new UsageError(entering.faults.join('\n'));
  return entering.text;
}

async function enterInto(file: string, change: (text: string | undefined) => string): Promise<void> {
  try {
    await changeFile(file, change);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof FileBusyError) throw new UsageError(error.message);
    throw new UsageError(`Cannot change ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
