import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ERRORS } from '../../src/base/errors.js';
import { Receipt } from '../../src/schema/receipt.js';
import { builtPath } from '../support/build.js';
import { serveThisTest } from '../support/built-server.js';
import { codeBlocks, readDocument, section, tableOf } from './markdown.js';
import { runInShell } from './shell.js';

const PAGE = readDocument('TRAIL.md');

test('the commands of TRAIL.md, run in their order, do what it says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-trail-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const { port } = await serveThisTest();
  const commands = codeBlocks(PAGE)
    .filter(({ kind }) => kind === 'sh')
    .flatMap(({ text }) => text.trimEnd().split('\n'));
  const outs: string[] = [];
  for (const command of commands) {
    const built = `node ${builtPath('src/cli/main.js')}`;
    const here = command.replaceAll(':8080', `:${port}`).replace('npx parley', built);
    const { status, out, err } = await runInShell(here, folder);
    expect({ status, err }, command).toEqual({ status: 0, err: '' });
    outs.push(out);
  }
  expect(commands).toHaveLength(8);
  const receipt = JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8')) as Receipt;
  expect(outs[0]).toContain('"outcome":"cleared"');
  expect(outs[2]).toContain(`It fits: this record is ${receipt.id}`);
  expect(outs[4]).toContain('It fits: 2 records in 2 blocks of 1 log.');
  expect(outs[6]).toContain('It fits: 2 records in 2 blocks of 1 log.');
  expect(outs[7]).toContain(receipt.recordHash);
});

test('the fields of a receipt are those of the schema', () => {
  const [, part] = section(readDocument('API.md'), '## Receipts and the trail').split('\nA receipt:\n');
  const [, ...rows] = tableOf(part!);
  expect(rows.map(([name]) => name!.replaceAll('`', ''))).toEqual(Object.keys(Receipt.properties));
});

test('the code that API.md gives for what was trimmed is 410', () => {
  expect(section(readDocument('API.md'), '## Receipts and the trail')).toContain('410 `TRIMMED`');
  expect(ERRORS.TRIMMED.status).toBe(410);
});
