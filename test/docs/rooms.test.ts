import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';

/** ARCHITECTURE.md prints which room may import which; the dependency check enforces it. Both have to say the same. */
const ROOT = new URL('../../', import.meta.url);

interface Rule {
  readonly name: string;
  readonly comment: string;
}

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: Rule[];
};

const enforced = forbidden
  .filter(({ name }) => name.endsWith('-imports'))
  .map(({ comment }) => comment.replace(/^src\/(\w+) may import only: /, '$1: '));

const printed = readFileSync(new URL('ARCHITECTURE.md', ROOT), 'utf8')
  .split('\n')
  .map((line) => /^\| `(\w+)\/` \|.*\| ([^|]+) \|$/.exec(line))
  .filter((row) => row !== null)
  .map(([, room, imports]) => `${room!}: ${imports!}`);

describe('rooms', () => {
  test('the table of ARCHITECTURE.md is the one that is enforced', () => {
    expect(printed.toSorted()).toEqual(enforced.toSorted());
  });

  test('every room of the table lives in src, and every folder of src is in the table', () => {
    const folders = readdirSync(new URL('src/', ROOT), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(printed.map((row) => row.split(':')[0]).toSorted()).toEqual(folders.toSorted());
  });
});
