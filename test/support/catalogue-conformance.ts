import { describe, expect, test } from 'vitest';
import type { Draft, Ledger, PublishResult } from '../../src/engine/ledger-port.js';
import { publicationSize } from '../../src/rounds/rules/shared-catalogue.js';
import { CATALOGUE_KINDS, CATALOGUE_NAMES_MAX } from '../../src/schema/catalogue.js';

const ROOM = 1e9;
const RACERS = 8;

/** What every ledger promises about policies and profiles. `create` makes one with room for so many bytes of them. */
export function catalogueConformance(
  name: string,
  create: (catalogueBytesMax: number) => Ledger | Promise<Ledger>,
): void {
  describe(`${name}: publish`, () => {
    test('counts versions from 1', async () => {
      const ledger = await create(ROOM);
      const results = await publishAll(ledger, [draft('one'), draft('two'), draft('three')]);
      expect(results).toEqual([1, 2, 3].map((version) => ({ version, isNew: true })));
    });

    test('counts each kind and each name on its own', async () => {
      const ledger = await create(ROOM);
      const drafts = CATALOGUE_KINDS.flatMap((kind) => [draft('one', kind), draft('one', kind, 'other')]);
      expect(await publishAll(ledger, drafts)).toEqual(drafts.map(() => ({ version: 1, isNew: true })));
      expect(await ledger.publish(draft('two', 'profile'), undefined)).toEqual({ version: 2, isNew: true });
      expect(await ledger.publish(draft('two', 'policy'), 1)).toEqual({ version: 2, isNew: true });
    });

    test.each([undefined, 0, 1, 2, 3])(
      'knows the newest document when it comes again and %s is expected',
      async (expected) => {
        const ledger = await ledgerOf(draft('one'), draft('two'));
        expect(await ledger.publish(draft('two'), expected)).toEqual({ version: 2, isNew: false });
        expect(await ledger.readPublications(0)).toHaveLength(2);
      },
    );

    test('makes a new version of a document that is not the newest any more', async () => {
      const ledger = await ledgerOf(draft('one'), draft('two'));
      expect(await ledger.publish(draft('one'), undefined)).toEqual({ version: 3, isNew: true });
    });

    test.each<[number, readonly Draft[]]>([
      [0, []],
      [2, [draft('one'), draft('two')]],
    ])('takes what expects version %i when that is the newest', async (expected, before) => {
      const ledger = await ledgerOf(...before);
      const result = await ledger.publish(draft('new'), expected);
      expect(result).toEqual({ version: expected + 1, isNew: true });
    });

    test.each<[number, number, readonly Draft[]]>([
      [1, 0, []],
      [0, 2, [draft('one'), draft('two')]],
      [1, 2, [draft('one'), draft('two')]],
      [3, 2, [draft('one'), draft('two')]],
      [1, 0, [draft('one', 'profile'), draft('one', 'policy', 'other')]],
    ])(
      'refuses what expects version %i when %i is the newest, and changes nothing',
      async (expected, newest, before) => {
        const ledger = await ledgerOf(...before);
        expect(await ledger.publish(draft('new'), expected)).toEqual({ stale: { newest } });
        expect(await ledger.readPublications(0)).toHaveLength(before.length);
      },
    );
  });

  describe(`${name}: the bound of the catalogue`, () => {
    const two = [1, 2].map((version) => ({ ...draft(`number ${version}`), version }));
    const exact = two.reduce((bytes, publication) => bytes + publicationSize(publication), 0);

    test('takes what fits to the byte, and refuses the next', async () => {
      const ledger = await create(exact);
      const results = await publishAll(ledger, [...two.map(draftOf), draft('number 3')]);
      expect(results).toEqual([{ version: 1, isNew: true }, { version: 2, isNew: true }, { full: true }]);
      expect(await ledger.readPublications(0)).toEqual(two);
    });

    test('refuses what is one byte too large', async () => {
      const ledger = await create(exact - 1);
      expect(await publishAll(ledger, two.map(draftOf))).toEqual([
        { version: 1, isNew: true },
        { full: true },
      ]);
    });

    test('still knows its documents, tells what is stale, and takes what is smaller', async () => {
      const ledger = await create(exact);
      expect(await ledger.publish(draft('number 1'), undefined)).toEqual({ version: 1, isNew: true });
      expect(await ledger.publish(draft('x'.repeat(exact)), undefined)).toEqual({ full: true });
      expect(await ledger.publish(draft('x'.repeat(exact)), 0)).toEqual({ stale: { newest: 1 } });
      expect(await ledger.publish(draft('number 1'), undefined)).toEqual({ version: 1, isNew: false });
      expect(await ledger.publish(draft('number 2'), 1)).toEqual({ version: 2, isNew: true });
    });
  });

  test(`${name}: the bound of names takes further versions, and no further name`, async () => {
    const ledger = await create(ROOM);
    for (let at = 0; at < CATALOGUE_NAMES_MAX; at++) {
      await ledger.publish(draft('one', CATALOGUE_KINDS[at % 2], `name-${at}`), undefined);
    }
    expect(await ledger.publish(draft('one', 'policy', 'one-more'), undefined)).toEqual({ full: true });
    expect(await ledger.publish(draft('one', 'profile', 'name-0'), undefined)).toEqual({ full: true });
    expect(await ledger.publish(draft('two', 'policy', 'name-0'), 1)).toEqual({ version: 2, isNew: true });
  });

  describe(`${name}: readPublications`, () => {
    const drafts = [draft('a'), draft('b', 'profile'), draft('c', 'policy', 'other'), draft('ü\u2028"\\')];

    test('gives nothing of an empty catalogue', async () => {
      expect(await (await create(ROOM)).readPublications(0)).toEqual([]);
    });

    test('gives what is behind the ones already read, in the order in which it was taken', async () => {
      const ledger = await ledgerOf(...drafts);
      const all = drafts.map((one, at) => ({ ...one, version: at === 3 ? 2 : 1 }));
      for (let after = 0; after <= all.length; after++) {
        expect(await ledger.readPublications(after)).toEqual(all.slice(after));
      }
      expect(await ledger.readPublications(all.length + 1)).toEqual([]);
    });

    test('gives to who was there before the same as to who comes later', async () => {
      const ledger = await ledgerOf(...drafts.slice(0, 2));
      const early = await ledger.readPublications(0);
      await publishAll(ledger, drafts.slice(2));
      expect([...early, ...(await ledger.readPublications(early.length))]).toEqual(
        await ledger.readPublications(0),
      );
      expect(early).toHaveLength(2);
    });
  });

  describe(`${name}: drafts that race`, () => {
    test('for the same next version: one has it and the others are stale', async () => {
      const ledger = await ledgerOf(draft('first'));
      const results = await race((at) => ledger.publish(draft(`racer ${at}`), 1));
      expect(results.filter((result) => 'stale' in result)).toEqual(
        Array.from({ length: RACERS - 1 }, () => ({ stale: { newest: 2 } })),
      );
      const winner = results.findIndex((result) => 'version' in result);
      expect((await ledger.readPublications(1)).map(draftOf)).toEqual([draft(`racer ${winner}`)]);
    });

    test('and expect nothing: each has a version of its own', async () => {
      const ledger = await create(ROOM);
      const results = await race((at) => ledger.publish(draft(`racer ${at}`), undefined));
      const versions = results.map((result) => ('version' in result ? result.version : 0));
      expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: RACERS }, (_, at) => at + 1));
      const published = await ledger.readPublications(0);
      for (const [at, version] of versions.entries()) {
        expect(published[version - 1]).toEqual({ ...draft(`racer ${at}`), version });
      }
    });

    test('and are one document: it has one version', async () => {
      const ledger = await create(ROOM);
      const results = await race(() => ledger.publish(draft('the same'), 0));
      expect(results.filter((result) => 'isNew' in result && result.isNew)).toHaveLength(1);
      expect(results).toEqual(results.map((result) => ({ ...result, version: 1 })));
      expect(await ledger.readPublications(0)).toHaveLength(1);
    });
  });

  async function ledgerOf(...drafts: readonly Draft[]): Promise<Ledger> {
    const ledger = await create(ROOM);
    await publishAll(ledger, drafts);
    return ledger;
  }
}

function draft(text: string, kind: Draft['kind'] = 'policy', name = 'house'): Draft {
  return { kind, name, document: JSON.stringify({ text }) };
}

function draftOf({ kind, name, document }: Draft): Draft {
  return { kind, name, document };
}

async function publishAll(ledger: Ledger, drafts: readonly Draft[]): Promise<PublishResult[]> {
  const results: PublishResult[] = [];
  for (const one of drafts) results.push(await ledger.publish(one, undefined));
  return results;
}

function race(publish: (at: number) => Promise<PublishResult>): Promise<PublishResult[]> {
  return Promise.all(Array.from({ length: RACERS }, (_, at) => publish(at)));
}
