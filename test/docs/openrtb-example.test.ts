import { expect, test } from 'vitest';
import { serveThisTest } from '../support/built-server.js';
import { codeBlocks, readDocument, ROOT } from './markdown.js';
import { runInShell } from './shell.js';

const BLOCKS = codeBlocks(readDocument('OPENRTB.md'));

test('the command of OPENRTB.md, run as printed, is answered as printed', async () => {
  const [command, answer] = [
    BLOCKS.find(({ kind }) => kind === 'sh')!,
    BLOCKS.find(({ kind }) => kind === 'json')!,
  ];
  const { port } = await serveThisTest();
  const { status, out, err } = await runInShell(command.text.replace(':8080/', `:${port}/`), ROOT);
  expect(status, err).toBe(0);
  expect(JSON.parse(out)).toEqual(JSON.parse(answer.text));
});

test('the rates of OPENRTB.md are taken as printed', async () => {
  const rates = BLOCKS.find(({ text }) => text.includes('"base"'))!.text;
  const { port } = await serveThisTest({ PARLEY_RATES: rates });
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
});
