import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import {
  CatalogueReader,
  CatalogueWriter,
  publicationSize,
} from '../../src/rounds/rules/shared-catalogue.js';
import { CATALOGUE_KINDS, type Publication } from '../../src/schema/catalogue.js';
import { builtFile } from '../support/build.js';

const PLENTY_BYTES = 8 * 1_048_576;

const PUBLICATION: fc.Arbitrary<Publication> = fc.record({
  kind: fc.constantFrom(...CATALOGUE_KINDS),
  name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  version: fc.integer({ min: 1, max: 1_000_000 }),
  document: fc
    .record({
      text: fc.string({ unit: 'grapheme', maxLength: 40 }),
      padding: fc.nat(9000).map((length) => ' \n'.repeat(length)),
    })
    .map((document) => JSON.stringify(document)),
});

/** What happens to a catalogue, in an order that the property makes up. */
type Step = { readonly append: Publication } | { readonly join: true } | { readonly read: number };

const STEPS: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ append: PUBLICATION }) },
    { weight: 1, arbitrary: fc.constant({ join: true as const }) },
    { weight: 2, arbitrary: fc.record({ read: fc.nat(7) }) },
  ),
  { maxLength: 40 },
);

test('readers that join and read at any time read every publication once, in the order of the appends', () => {
  fc.assert(
    fc.property(STEPS, (steps) => {
      const writer = new CatalogueWriter(PLENTY_BYTES);
      const appended: Publication[] = [];
      const readers: { readonly reader: CatalogueReader; readonly read: Publication[] }[] = [];
      for (const step of [...steps, { join: true as const }]) {
        if ('append' in step) {
          writer.append(step.append);
          appended.push(step.append);
        } else if ('join' in step) readers.push({ reader: new CatalogueReader(writer.shared), read: [] });
        else {
          const one = readers[step.read % Math.max(1, readers.length)];
          one?.read.push(...one.reader.readNew());
          if (one !== undefined) expect(one.read).toEqual(appended);
        }
      }
      for (const { reader, read } of readers) expect([...read, ...reader.readNew()]).toEqual(appended);
      expect(writer.bytes).toBe(appended.map(publicationSize).reduce((sum, bytes) => sum + bytes, 0));
    }),
  );
});

test('a reader that has read everything reads nothing', () => {
  const writer = new CatalogueWriter(PLENTY_BYTES);
  const reader = new CatalogueReader(writer.shared);
  expect(reader.readNew()).toEqual([]);
  writer.append(version(1));
  expect(reader.readNew()).toEqual([version(1)]);
  expect(reader.readNew()).toEqual([]);
});

test('the memory holds exactly its maximum, and breaking it is a fault', () => {
  const bytes = publicationSize(version(1)) + publicationSize(version(2));
  const writer = new CatalogueWriter(bytes);
  writer.append(version(1));
  writer.append(version(2));
  expect(() => {
    writer.append(version(3));
  }).toThrow('the ledger takes no more');
  expect(new CatalogueReader(writer.shared).readNew()).toEqual([version(1), version(2)]);
});

test('a thread with the handle sees what is appended later, also beyond the first piece of memory', async () => {
  const writer = new CatalogueWriter(PLENTY_BYTES);
  writer.append(version(1));
  const thread = new Worker(READING_THREAD, { eval: true, workerData: writer.shared });
  onTestFinished(async () => {
    await thread.terminate();
  });
  const [before] = (await once(thread, 'message')) as [readonly Publication[]];
  expect(before).toEqual([version(1)]);
  const { byteLength } = writer.shared;
  const later = Array.from({ length: 40 }, (_, at) => version(at + 2, 'x'.repeat(5000)));
  for (const publication of later) writer.append(publication);
  expect(writer.shared.byteLength).toBeGreaterThan(byteLength);
  thread.postMessage('read');
  expect((await once(thread, 'message'))[0]).toEqual(later);
});

const READING_THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  import('${builtFile('src/rounds/rules/shared-catalogue.js').href}').then(({ CatalogueReader }) => {
    const reader = new CatalogueReader(workerData);
    parentPort.on('message', () => parentPort.postMessage(reader.readNew()));
    parentPort.postMessage(reader.readNew());
  });
`;

function version(number: number, text = 'usual'): Publication {
  return { kind: 'policy', name: 'house', version: number, document: JSON.stringify({ text }) };
}
