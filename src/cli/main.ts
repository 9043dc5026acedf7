#!/usr/bin/env node
import { ConfigError } from '../config/read-config.js';
import { KeysFileError } from '../files/keys-file.js';
import { type Terminal, UsageError } from './terminal.js';

interface Command {
  readonly usage: string;
  readonly sentence: string;
  /** Answers the exit status. */
  readonly run: (terminal: Terminal) => Promise<number>;
}

/** A command loads what it needs when it runs: whoever checks a trail does not wait for a web server. */
const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    usage: 'serve',
    sentence: 'Serve the engine over HTTP until SIGTERM.',
    run: async (terminal) => (await import('./serve.js')).serve(terminal),
  },
  clear: {
    usage: 'clear FILE|-',
    sentence: 'Clear one round from a file or standard input.',
    run: async (terminal) => (await import('./clear.js')).clear(terminal),
  },
  'clear --batch': {
    usage: 'clear --batch FILE|-',
    sentence: 'Clear a file of rounds, one a line, and print an answer for each.',
    run: async (terminal) => (await import('./clear-batch/clear-batch.js')).clearBatch(terminal),
  },
  export: {
    usage: 'export FILE|-',
    sentence: 'Write a trail to a file: --from URL names the engine.',
    run: async (terminal) => (await import('./trail/export.js')).exportTrail(terminal),
  },
  verify: {
    usage: 'verify FILE|-',
    sentence: 'Check an exported trail or a receipt, offline, with public keys alone.',
    run: async (terminal) => (await import('./trail/verify.js')).verify(terminal),
  },
  replay: {
    usage: 'replay ID|--all|- [--from URL|FILE]',
    sentence: 'Decide recorded rounds again, and compare byte by byte.',
    run: async (terminal) => (await import('./records/replay.js')).replay(terminal),
  },
  explain: {
    usage: 'explain ID|FILE|- [--from URL|FILE]',
    sentence: 'Tell a recorded decision in order: who bid, what stopped whom, what would have won.',
    run: async (terminal) => (await import('./records/explain.js')).explain(terminal),
  },
  key: {
    usage: 'key NAME --roles ROLE,...',
    sentence: 'Make a key for a caller, print it once, and enter its hash into a file.',
    run: async (terminal) => (await import('./key.js')).key(terminal),
  },
  demo: {
    usage: 'demo',
    sentence: 'Clear a stream of rounds and tell what became of each bid.',
    run: async (terminal) => (await import('./demo/demo.js')).demo(terminal),
  },
};

/** Whoever reads the output may stop reading, as `head` does: that ends the command and is no fault. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const [name, args] = readCommand(process.argv.slice(2));
process.exitCode = await runCommand(name, {
  args,
  environment: process.env,
  isInteractive: process.stdout.isTTY,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  output: process.stdout,
  errorColumns: process.stderr.isTTY ? () => process.stderr.columns : undefined,
});

/** The name of a command is one word, or two. */
function readCommand([first = '', second = '', ...rest]: readonly string[]): [string, readonly string[]] {
  const both = `${first} ${second}`;
  return Object.hasOwn(COMMANDS, both) ? [both, rest] : [first, process.argv.slice(3)];
}

async function runCommand(name: string, terminal: Terminal): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) return explainUsage(name, terminal);
  try {
    return await command.run(terminal);
  } catch (error) {
    if (!isForUser(error)) throw error;
    terminal.err(`${error.message}\n`);
    return 2;
  }
}

function isForUser(error: unknown): error is Error {
  return error instanceof UsageError || error instanceof ConfigError || error instanceof KeysFileError;
}

function explainUsage(name: string, terminal: Terminal): number {
  const asked = name === '' || name === 'help' || name === '--help';
  const width = Math.max(...Object.values(COMMANDS).map(({ usage }) => usage.length));
  const lines = Object.values(COMMANDS).map(
    ({ usage, sentence }) => `  parley ${usage.padEnd(width)} ${sentence}`,
  );
  const complaint = asked ? '' : `There is no command ${name}.\n`;
  (asked ? terminal.out : terminal.err)(`${complaint}Commands:\n${lines.join('\n')}\n`);
  return asked ? 0 : 2;
}
