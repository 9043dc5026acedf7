import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { leafHash, nodeHash } from '../../src/trail/merkle.js';
import { builtPath } from '../support/build.js';

/** Trees of two and of three leaves; small enough to be seen by eye. */
const [A, B, C] = ['a', 'b', 'c'].map((leaf) => leafHash(leaf)) as [Buffer, Buffer, Buffer];
const AB = nodeHash(A, B);
const ABC = nodeHash(AB, C);
const base64 = (hash: Buffer) => hash.toString('base64');

const INCLUSION = {
  leafIdx: 1,
  treeSize: 3,
  root: base64(ABC),
  leafHash: base64(B),
  proof: [base64(A), base64(C)],
  desc: 'happy path',
  wantErr: false,
};
const CONSISTENCY = {
  size1: 2,
  size2: 3,
  root1: base64(AB),
  root2: base64(ABC),
  proof: [base64(C)],
  desc: 'happy path',
  wantErr: false,
};

const GOOD: Readonly<Record<string, unknown>> = {
  'merkle/testdata/inclusion/0/happy-path.json': INCLUSION,
  'merkle/testdata/inclusion/additional/1/wrong-leaf.json': {
    ...INCLUSION,
    leafHash: base64(A),
    wantErr: true,
  },
  'merkle/testdata/inclusion/0/too-large.json': { ...INCLUSION, leafIdx: 2 ** 64, wantErr: true },
  'merkle/testdata/consistency/0/happy-path.json': CONSISTENCY,
  'merkle/testdata/consistency/0/empty-proof.json': { ...CONSISTENCY, proof: null, wantErr: true },
  'merkle/testdata/subtreeinclusion/0/happy-path.json': { start: 0, end: 1 },
  'jcs/testdata/input/order.json': '{"b":[1.0,"\\u00e9"],  "a":1e1}',
  'jcs/testdata/output/order.json': '{"a":10,"b":[1,"\u00e9"]}',
  'jcs/testdata/outhex/order.txt': '7b 22 61 22 3a 31 30 2c 22 62 22 3a\n5b 31 2c 22 c3 a9 22 5d 7d',
  LICENSE: 'none',
};

describe('npm run conformance', () => {
  test('runs what it knows, says what it does not, and counts', async () => {
    const { status, out } = await runOn(GOOD);
    expect(out.split('\n')).toEqual([
      'merkle/testdata/subtreeinclusion: 1 files not run: not of RFC 6962',
      'jcs/testdata: RFC 8785 canonical JSON: 1 of 1 pass, of which 0 are broken and have to be refused',
      'merkle/testdata/consistency: RFC 6962 consistency proofs: 2 of 2 pass, of which 1 are broken and have to be refused',
      'merkle/testdata/inclusion: RFC 6962 inclusion proofs: 3 of 3 pass, of which 2 are broken and have to be refused',
      '6 vectors, 0 failed',
      '',
    ]);
    expect(status).toBe(0);
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      'good proof that is refused',
      { 'inclusion/a.json': { ...INCLUSION, leafHash: base64(A) } },
      'inclusion/a.json: a good proof was refused',
    ],
    [
      'broken proof that is taken',
      { 'consistency/a.json': { ...CONSISTENCY, wantErr: true } },
      'consistency/a.json: a broken proof was taken',
    ],
    ['file that is no vector', { 'inclusion/a.json': { a: 1 } }, 'this is no inclusion vector'],
    [
      'text that becomes another',
      { 'input/a.json': '{"a":1}', 'output/a.json': '{"a":2}' },
      'it became {"a":1}',
    ],
    ['text that has no counterpart', { 'input/a.json': '{"a":1}', 'output/b.json': '{"a":1}' }, 'it became'],
    [
      'text whose bytes are others',
      { 'input/a.json': '1', 'output/a.json': '1', 'outhex/a.txt': '32' },
      'not those given in hex',
    ],
  ])('ends with status 1 for a %s, and names it', async (_, files, told) => {
    const { status, out } = await runOn(files);
    expect(status).toBe(1);
    expect(out).toContain(told);
    expect(out).toContain('1 vectors, 1 failed');
  });

  test.each<[string, Readonly<Record<string, unknown>>, string[]]>([
    ['an empty folder', {}, ['.']],
    ['a folder with other files', { 'notes/a.json': {} }, ['.']],
    ['a path that is not there', {}, ['missing']],
    ['a file', { 'a.json': {} }, ['a.json']],
    ['no path', {}, []],
    ['two paths', GOOD, ['.', '.']],
  ])('ends with status 2 for %s', async (_, files, args) => {
    const { status, out, err } = await runOn(files, args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in a folder that has these files. */
function runOn(files: Readonly<Record<string, unknown>>, args: readonly string[] = ['.']): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-vectors-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const command = [builtPath('bench/conformance/main.js'), ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, { cwd: folder }, (_, out, err) => {
      resolve({ status: child.exitCode, out, err });
    });
  });
}
