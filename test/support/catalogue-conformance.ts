import { describe, expect, test } from 'vitest';
import type { Draft, Ledger } from '../../src/engine/ports.js';
import { publicationSize } from '../../src/rounds/rules/shared-catalogue.js';
import { CATALOGUE_NAMES_MAX, type CatalogueKind } from '../../src/schema/catalogue.js';

/** What every ledger promises of its catalogue. `create` makes an empty one that keeps so many bytes, or plenty. */
export function catalogueConformance(
  name: string,
  create: (catalogueBytesMax?: number) => Ledger | Promise<Ledger>,
): void {
  describe(`${name}: publish`, () => {
    test('counts the versions of each kind and name from 1', async () => {
      const ledger = await create();
      const asked: readonly (readonly [CatalogueKind, string, string])[] = [
        ['policy', 'a', 'one'],
        ['policy', 'a', 'two'],
        ['profile', 'a', 'one'],
        ['policy', 'b', 'one'],
        ['policy', 'a', 'one'],
      ];
      const versions = [];
      for (const [kind, of, text] of asked)
        versions.push(await ledger.publish(draft(text, of, kind), undefined));
      expect(versions).toEqual([1, 2, 1, 1, 3].map((version) => ({ version, isNew: true })));
    });

    test.each<[string, number | undefined]>([
      ['nothing', undefined],
      ['the version it has', 2],
      ['the version before', 1],
      ['no version', 0],
    ])('makes no version of the newest document again, when %s is expected', async (_, expected) => {
      const ledger = await holding('one', 'two');
      expect(await ledger.publish(draft('two'), expected)).toEqual({ version: 2, isNew: false });
      expect(await ledger.readPublications(0)).toHaveLength(2);
    });

    test.each([
      ['an empty name', 0, []],
      ['the newest version', 2, ['one', 'two']],
    ])('takes what expects %s rightly', async (_, expected, before) => {
      const ledger = await holding(...before);
      const version = before.length + 1;
      expect(await ledger.publish(draft('new'), expected)).toEqual({ version, isNew: true });
    });

    test.each([
      ['an older version', 1, ['one', 'two']],
      ['a version to come', 3, ['one', 'two']],
      ['an empty name that is not', 0, ['one', 'two']],
      ['a version of an empty name', 1, []],
    ])('refuses what expects %s, says what is newest, and changes nothing', async (_, expected, before) => {
      const ledger = await holding(...before);
      expect(await ledger.publish(draft('new'), expected)).toEqual({ stale: { newest: before.length } });
      expect(await ledger.readPublications(0)).toHaveLength(before.length);
    });

    test('takes one of many that race for the same version', async () => {
      const ledger = await holding('one');
      const racing = Array.from({ length: 8 }, (_, at) => ledger.publish(draft(`racer ${at}`), 1));
      const results = await Promise.all(racing);
      const winner = results.findIndex((result) => 'version' in result);
      expect(results.filter((result) => 'stale' in result)).toHaveLength(7);
      expect(await ledger.readPublications(1)).toEqual([{ ...draft(`racer ${winner}`), version: 2 }]);
    });

    test('makes one version of a document that is sent many times at once', async () => {
      const ledger = await create();
      const results = await Promise.all(
        Array.from({ length: 8 }, () => ledger.publish(draft('same'), undefined)),
      );
      expect(results.filter((result) => 'isNew' in result && result.isNew)).toHaveLength(1);
      expect(await ledger.readPublications(0)).toHaveLength(1);
    });
  });

  describe(`${name}: readPublications`, () => {
    test('gives the one order of all publications, from any place on', async () => {
      const ledger = await create();
      const drafts = [draft('1', 'a'), draft('2', 'b'), draft('3', 'a', 'profile'), draft('ü\u{1f4fa}', 'a')];
      for (const one of drafts) await ledger.publish(one, undefined);
      const versions = [1, 1, 1, 2];
      const all = drafts.map((one, at) => ({ ...one, version: versions[at]! }));
      for (let after = 0; after <= all.length; after++)
        expect(await ledger.readPublications(after)).toEqual(all.slice(after));
    });
  });

  describe(`${name}: the bound of the catalogue`, () => {
    test('refuses what does not fit, keeps all it has, and takes what fits', async () => {
      const [first, second] = [draft('x'.repeat(100)), draft('y'.repeat(108))];
      const bytes = publicationSize({ ...first, version: 1 }) + publicationSize({ ...second, version: 2 });
      const ledger = await create(bytes - 1);
      expect(await ledger.publish(first, undefined)).toEqual({ version: 1, isNew: true });
      expect(await ledger.publish(second, undefined)).toEqual({ full: true });
      expect(await ledger.publish(first, undefined)).toEqual({ version: 1, isNew: false });
      expect(await ledger.publish(draft('y'.repeat(100)), undefined)).toEqual({ version: 2, isNew: true });
      expect(await ledger.readPublications(0)).toHaveLength(2);
    });

    test('holds names, too: further versions are taken, further names are not', async () => {
      const ledger = await create();
      for (let at = 0; at < CATALOGUE_NAMES_MAX; at++)
        await ledger.publish(draft('one', `name-${at}`, at % 2 === 0 ? 'policy' : 'profile'), undefined);
      expect(await ledger.publish(draft('one', 'one-more'), undefined)).toEqual({ full: true });
      expect(await ledger.publish(draft('two', 'name-0'), undefined)).toEqual({ version: 2, isNew: true });
    });
  });

  async function holding(...texts: readonly string[]): Promise<Ledger> {
    const ledger = await create();
    for (const text of texts) await ledger.publish(draft(text), undefined);
    return ledger;
  }
}

function draft(text: string, name = 'house', kind: CatalogueKind = 'policy'): Draft {
  return { kind, name, document: JSON.stringify({ text }) };
}
