import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { RoundClearer } from '../../src/rounds/clear-round.js';
import { DEFAULT_ROUND_LIMITS } from '../../src/schema/limits.js';
import { codeBlocks, readDocument, ROOT, rootDocuments, section, withoutCode } from './markdown.js';
import { runInShell } from './shell.js';
import { copyTree, type TreeCopy } from './tree-copy.js';

const CONTRIBUTING = readDocument('CONTRIBUTING.md');

test('the golden case of CONTRIBUTING.md is one', () => {
  const [block] = codeBlocks(section(CONTRIBUTING, '## A golden case'));
  const { says, round, answer } = JSON.parse(block!.text) as Readonly<Record<string, unknown>>;
  const clearer = new RoundClearer({
    limits: DEFAULT_ROUND_LIMITS,
    tieKey: new Uint8Array(32),
    retention: 'off',
  });
  const bytes = Buffer.from(JSON.stringify(round));
  const clearing = clearer.clear(bytes, { fallbackId: 'assigned', atMs: 0, waitedMs: 0 });
  expect(says).toMatch(/\.$/);
  expect('cleared' in clearing && JSON.parse(clearing.cleared.answer)).toEqual(answer);
});

describe('a forbidden import', () => {
  let copy: TreeCopy;

  beforeAll(() => {
    copy = copyTree();
    return copy.remove;
  });

  test('ends the check of imports with the words of CONTRIBUTING.md', async () => {
    const importer = join(copy.folder, 'src/auction/floors.ts');
    appendFileSync(
      importer,
      "import { createServer } from '../http/server.js';\nexport const door = createServer;\n",
    );
    const { status, out } = await runInShell('npx depcruise --output-type err src', copy.folder);
    const [told] = codeBlocks(section(CONTRIBUTING, '## Imports'));
    expect(status).not.toBe(0);
    expect(out).toContain(told!.text);
  }, 60_000);
});

describe.each(rootDocuments())('what %s names', (name) => {
  const text = readDocument(name);

  test('in the tree exists', () => {
    const paths = [...withoutCode(text).matchAll(/`((?:src|workers|bench|test|grafana|\.ci)\/[^`\s*<]*)`/g)];
    expect(paths.map(([, path]) => path!).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('as a script of npm is one', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const named = [...text.matchAll(/npm run ([a-z-]+)/g)].map(([, script]) => script!);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
});
