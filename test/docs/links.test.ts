import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { anchors, linkTargets, readDocument, ROOT, rootDocuments } from './markdown.js';

describe('the links of the root documents', () => {
  test.each(rootDocuments())('%s leads to what exists', (name) => {
    const broken = linkTargets(readDocument(name)).filter((target) => !leadsSomewhere(name, target));
    expect(broken).toEqual([]);
  });

  test('are found: a broken one would be told', () => {
    expect(leadsSomewhere('README.md', 'NOWHERE.md')).toBe(false);
    expect(leadsSomewhere('README.md', 'API.md#nowhere')).toBe(false);
    expect(linkTargets(readDocument('README.md'))).toContain('API.md');
  });
});

/** Addresses of other sites are not asked: a test must not depend on them. */
function leadsSomewhere(from: string, target: string): boolean {
  if (/^https?:\/\//.test(target)) return true;
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : path;
  if (!existsSync(`${ROOT}/${file}`)) return false;
  return anchor === undefined || anchors(readDocument(file)).includes(anchor);
}
