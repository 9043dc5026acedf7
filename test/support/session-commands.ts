import fc from 'fast-check';
import type { Sessions } from '../../src/engine/ledger-port.js';

/** Something that a node may ask of the sessions of a ledger; answers what it was told. */
export type SessionCommand = (sessions: Sessions) => Promise<unknown>;

const SESSIONS = ['s1', 'S{2}:"\\ends'];
const NAMES = ['close', 'step'];
const INSTANTS = 3;
const HOUR_MS = 3_600_000;

const session = fc.constantFrom(...SESSIONS);
const version = fc.nat(6);
const texts = fc.array(fc.constantFrom('bid', '', '{"by":"\u00fc"}', 'line\nline\0'), {
  minLength: 1,
  maxLength: 3,
});
/** Two deadlines never have one instant, because nothing says which of them would be first. */
const deadline = fc
  .record({ of: fc.nat(SESSIONS.length - 1), named: fc.nat(NAMES.length - 1), at: fc.nat(INSTANTS) })
  .map(({ of, named, at }) => ({
    session: SESSIONS[of]!,
    name: NAMES[named]!,
    atMs: 1_800_000_000_000 + at * 10 + of * NAMES.length + named,
  }));

/** Commands by turns of nodes that have read a little, all, or of a session that is not there any more. */
export const sessionCommands: fc.Arbitrary<readonly SessionCommand[]> = fc.array(
  fc.oneof(
    fc.tuple(session, version, texts).map(append),
    fc.tuple(session, texts).map(appendToNewest),
    fc.tuple(session, version).map(read),
    fc.tuple(session, version).map(saveSnapshot),
    session.map(end),
    deadline.map((one): SessionCommand => named(`arm ${JSON.stringify(one)}`, (on) => on.armDeadline(one))),
    deadline.map((one): SessionCommand =>
      named(`disarm ${JSON.stringify(one)}`, (on) => on.disarmDeadline(one)),
    ),
    fc.tuple(fc.nat(INSTANTS), fc.integer({ min: 1, max: 4 })).map(readDue),
  ),
  { maxLength: 60, size: 'max' },
);

function append([of, expected, events]: [string, number, string[]]): SessionCommand {
  return named(`append to ${of} behind ${expected}`, (on) => on.append(of, expected, events));
}

function appendToNewest([of, events]: [string, string[]]): SessionCommand {
  return named(`append to ${of}`, async (on) => on.append(of, (await on.read(of, 0)).version, events));
}

function read([of, after]: [string, number]): SessionCommand {
  return named(`read ${of} after ${after}`, (on) => on.read(of, after));
}

function saveSnapshot([of, at]: [string, number]): SessionCommand {
  return named(`save ${of} at ${at}`, (on) => on.saveSnapshot(of, { version: at, state: `state ${at}` }));
}

function end(of: string): SessionCommand {
  return named(`end ${of}`, (on) => on.endSession(of, HOUR_MS));
}

function readDue([at, limit]: [number, number]): SessionCommand {
  const nowMs = 1_800_000_000_000 + at * 10;
  return named(`read ${limit} due at ${nowMs}`, (on) => on.readDue(nowMs, limit));
}

/** So that a failure prints what was asked. */
function named(text: string, command: SessionCommand): SessionCommand {
  return Object.assign(command, { [fc.toStringMethod]: () => text });
}
