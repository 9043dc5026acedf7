import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serveThisTest } from '../support/built-server.js';
import { codeBlocks, readDocument, section } from './markdown.js';
import { runInShell } from './shell.js';

interface Page {
  readonly name: string;
  readonly heading: string;
  /** What a reader saves before the first command. */
  readonly file: string;
  readonly document: string;
  /** For the commands of the page, in their order. */
  readonly answers: readonly object[];
}

const POLICIES = section(readDocument('POLICIES.md'), '## Putting a policy in force');
const PROFILES = readDocument('PROFILES.md');

const PAGES: readonly Page[] = [
  {
    name: 'POLICIES.md',
    heading: '## Putting a policy in force',
    file: 'house.json',
    document: blockOf(POLICIES, 'json policy'),
    answers: [
      { verdict: 'deny', verdicts: [{ rule: 'viewable' }] },
      { name: 'house', version: 1 },
      {
        policies: ['house@1'],
        awards: [{ bid: 'b2', rules: ['house@1/large'] }],
        losses: [{ rule: 'house@1/gambling' }, { rule: 'house@1/viewable' }],
      },
      { versions: [{ name: 'house', version: 1 }] },
      { name: 'house', version: 1, document: JSON.parse(blockOf(POLICIES, 'json policy')) as object },
    ],
  },
  {
    name: 'PROFILES.md',
    heading: '## Putting a profile in force',
    file: 'attention.json',
    document: blockOf(PROFILES, 'json'),
    answers: [
      { name: 'attention', version: 1 },
      { version: 1 },
      { profile: 'attention@1', awards: [{ bid: 'b1' }], losses: [{ bid: 'b2', reason: 'OUTBID' }] },
    ],
  },
];

test.each(PAGES)('the commands of $name, run in their order, are answered as it says', async (page) => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-page-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, page.file), page.document);
  const { port } = await serveThisTest();
  const commands = commandsOf(section(readDocument(page.name), page.heading));
  expect(commands).toHaveLength(page.answers.length);
  for (const [at, command] of commands.entries()) {
    const { status, out } = await runInShell(command.replace(':8080/', `:${port}/`), folder);
    expect(status, command).toBe(0);
    expect(JSON.parse(out)).toMatchObject(page.answers[at]!);
  }
});

/** A block of commands has one at each line that begins with curl. */
function commandsOf(part: string): readonly string[] {
  return codeBlocks(part)
    .filter(({ kind }) => kind === 'sh')
    .flatMap(({ text }) => text.trimEnd().split(/\n(?=curl )/));
}

function blockOf(part: string, kind: string): string {
  return codeBlocks(part).find((block) => block.kind === kind)!.text;
}
