import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.js';
import { codeBlocks, readDocument, ROOT, section, tableOf } from './markdown.js';
import { installIfNeeded } from '../support/redis.js';
import { type Running, runInShell, startInShell } from './shell.js';
import { copyTree, type TreeCopy } from './tree-copy.js';

const README = readDocument('README.md');
const COMMANDS = codeBlocks(README)
  .filter(({ kind }) => kind === 'sh')
  .flatMap(({ text }) => text.trimEnd().split('\n'));
const GREETING = codeBlocks(README).find(({ text }) => text.startsWith('Parley listens on'))!.text;

interface Check {
  readonly command: string | RegExp;
  /** How the command is checked, in words. */
  readonly how: string;
  readonly run: (command: string) => Promise<void> | void;
}

/** Every command of README.md is checked by one of these, in a copy of the tree. */
const CHECKS: readonly Check[] = [
  {
    command: 'npm ci && npm start',
    how: '`npm start` serves on a free port and greets as printed; the build that `npm ci` makes has run before',
    run: () => {
      expect(likeAnywhere(greetingOf(engine))).toBe(likeAnywhere(GREETING));
    },
  },
  {
    command: /^curl -s http:\/\/127\.0\.0\.1:8080\/v1\/rounds /,
    how: 'it is the line that the engine printed, and that line, run as printed, is answered as README.md says',
    run: async (command) => {
      const printed = /^ {2}(curl .*)$/m.exec(engine.out)![1]!;
      expect(likeAnywhere(printed)).toBe(likeAnywhere(command));
      const { status, out } = await runInShell(printed, copy.folder);
      expect(status).toBe(0);
      expect(JSON.parse(out)).toEqual(jsonBlocks('# Parley')[0]);
    },
  },
  {
    command: 'npm ci && npm test',
    how: 'this run is it; the script builds, checks and tests',
    run: () => {
      const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
        readonly scripts: Readonly<Record<string, string>>;
      };
      expect(scripts['test']).toBe('npm run check && vitest run');
      expect(scripts['check']).toMatch(/^node build\.mjs && /);
    },
  },
  {
    command: 'npm run demo',
    how: 'executed; every excerpt in README.md is a part of what it prints',
    run: async (command) => {
      const { status, out } = await runInShell(command, copy.folder);
      expect(status).toBe(0);
      for (const { text } of codeBlocks(section(README, '## Demo')).filter(({ kind }) => kind === 'text'))
        expect(out).toContain(text);
    },
  },
  {
    command: /^npx parley clear [^-]|^npx parley clear - /,
    how: 'executed on the round that README.md prints; the answer is the one it prints',
    run: async (command) => {
      const [round, answer] = jsonBlocks('## One round from the command line');
      writeFileSync(join(copy.folder, 'round.json'), JSON.stringify(round));
      const { status, out, err } = await runInShell(command, copy.folder);
      expect({ status, answer: status === 0 ? (JSON.parse(out) as unknown) : err }).toEqual({
        status: 0,
        answer,
      });
    },
  },
  {
    command: /^npx parley clear --batch /,
    how: 'executed on a file with the round of README.md, twice; each is answered as README.md says',
    run: async (command) => {
      const [round, answer] = jsonBlocks('## One round from the command line');
      writeFileSync(join(copy.folder, 'rounds.ndjson'), `${JSON.stringify(round)}\n`.repeat(2));
      const { status, err } = await runInShell(command, copy.folder);
      expect(status, err).toBe(0);
      const lines = readFileSync(join(copy.folder, 'answers.ndjson'), 'utf8').trimEnd().split('\n');
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([answer, answer]);
    },
  },
  {
    command: /^npx parley export --from http:\/\/127\.0\.0\.1:8080 /,
    how: 'executed on the engine that `npm start` started',
    run: async (command) => {
      const { status, err } = await runInShell(onEngine(command), copy.folder);
      expect(status, err).toBe(0);
    },
  },
  {
    command: /^npx parley verify /,
    how: 'executed on the file of the command before: it fits, and with one byte changed it does not',
    run: async (command) => {
      expect(await runInShell(command, copy.folder)).toMatchObject({ status: 0, err: '' });
      const file = join(copy.folder, 'trail.ndjson');
      writeFileSync(file, readFileSync(file, 'utf8').replace('\\"birth\\"', '\\"berth\\"'));
      const { status, out } = await runInShell(command, copy.folder);
      expect(status).toBe(1);
      expect(out).toMatch(/n[0-9a-f]{16}-0-0/);
    },
  },
  {
    command: /^npx parley replay --all /,
    how: 'executed on the engine that `npm start` started: all that it has recorded is equal',
    run: async (command) => {
      const { status, out, err } = await runInShell(onEngine(command), copy.folder);
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(out).toMatch(/ 0 different, 0 impossible/);
    },
  },
  {
    command: /^npx parley explain hello /,
    how: 'executed on the first round of README.md; it is told as printed',
    run: async (command) => {
      const { status, out, err } = await runInShell(onEngine(command), copy.folder);
      expect({ status, err }).toEqual({ status: 0, err: '' });
      const [printed] = codeBlocks(section(README, '## Checking the trail')).filter(
        ({ kind }) => kind === 'text',
      );
      expect(out).toContain(printed!.text);
    },
  },
  {
    command: 'npm run bench',
    how: 'executed in its short form, which adds nothing to the history',
    run: async (command) => {
      const { status, err } = await runInShell(`${command} -- --quick --no-history`, copy.folder);
      expect(status, err).toBe(0);
    },
  },
  {
    command: 'npm run bench:overload',
    how: 'executed in its short form, which adds nothing to the history',
    run: async (command) => {
      const { status, out, err } = await runInShell(`${command} -- --quick --no-history`, copy.folder);
      expect(status, err).toBe(0);
      expect(out).toMatch(/of the peak is the goodput at twice the peak/);
    },
  },
  {
    command: /^npx parley key shop /,
    how: 'executed; the file has the hash of the key that is printed, and not the key',
    run: async (command) => {
      const { status, out, err } = await runInShell(command, copy.folder);
      expect(status, err).toBe(0);
      const kept = readFileSync(join(copy.folder, 'keys.json'), 'utf8');
      expect(kept).toContain(createHash('sha256').update(out.trim()).digest('hex'));
      expect(kept).not.toContain(out.trim());
    },
  },
  {
    command: 'npm run chaos',
    how: 'one scenario of it is executed for a second',
    run: async (command) => {
      installIfNeeded();
      const { status, out } = await runInShell(`${command} -- --only torn-block --seconds 1`, copy.folder);
      expect(out).toMatch(/ acknowledged; .* 0 faults/);
      expect(status).toBe(0);
    },
  },
  {
    command: /^((PARLEY_\w+|REDIS_URL)=\S+ )+npm start$/,
    how: 'the engine accepts its variables; `npm start` is executed above',
    run: (command) => {
      const given = [...command.matchAll(/(PARLEY_\w+|REDIS_URL)=(\S+)/g)].map(([, name, value]) => [
        name!,
        value!,
      ]);
      expect(() => readConfig(Object.fromEntries(given) as Record<string, string>)).not.toThrow();
    },
  },
];

let copy: TreeCopy;
let engine: Running;

beforeAll(() => {
  copy = copyTree();
  return copy.remove;
});

beforeAll(async () => {
  const { status, err } = await runInShell('npm run prepare', copy.folder);
  expect(status, err).toBe(0);
}, 150_000);

beforeAll(async () => {
  engine = await startInShell('npm start', copy.folder, 'Stop: Ctrl-C\n');
  return engine.stop;
}, 150_000);

describe('the commands of README.md', () => {
  test.each(COMMANDS)(
    '%s',
    async (command) => {
      const checks = checksOf(command);
      expect(checks.map(({ how }) => how)).toHaveLength(1);
      await checks[0]!.run(command);
    },
    150_000,
  );

  test('are all there is to check', () => {
    const used = new Set(COMMANDS.flatMap(checksOf));
    expect(CHECKS.filter((check) => !used.has(check))).toEqual([]);
    expect(checksOf('npm run no-such-script')).toEqual([]);
  });
});

describe('the engine that README.md starts', () => {
  test('answers at every address of API.md', async () => {
    const [, ...rows] = tableOf(section(readDocument('API.md'), '## Other addresses'));
    const paths = rows.map(([address]) => /^`GET (\/\S+)`$/.exec(address!)![1]!);
    const answers = await Promise.all(paths.map((path) => fetch(`${addressOf(engine)}${path}`)));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  });
});

function checksOf(command: string): readonly Check[] {
  return CHECKS.filter(({ command: known }) =>
    typeof known === 'string' ? known === command : known.test(command),
  );
}

/** What stands before it is npm's own. */
function greetingOf({ out }: Running): string {
  return out.slice(out.indexOf('Parley listens on'));
}

function addressOf({ out }: Running): string {
  return /http:\/\/127\.0\.0\.1:\d+/.exec(out)![0];
}

/** The command with the address of the engine that was started. */
function onEngine(command: string): string {
  return command.replace('http://127.0.0.1:8080', addressOf(engine));
}

/** Without what differs between machines and starts: port, node, threads. */
function likeAnywhere(text: string): string {
  return text
    .replaceAll(/127\.0\.0\.1:\d+/g, 'ADDRESS')
    .replace(/n[0-9a-f]{16}/, 'NODE')
    .replace(/\d+ worker threads?/, 'THREADS');
}

function jsonBlocks(heading: string): readonly unknown[] {
  const part = heading === '# Parley' ? README : section(README, heading);
  return codeBlocks(part)
    .filter(({ kind }) => kind === 'json')
    .map(({ text }) => JSON.parse(text) as unknown);
}
