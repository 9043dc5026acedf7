import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  CatalogueReader,
  CatalogueWriter,
  publicationSize,
} from '../../src/rounds/rules/shared-catalogue.js';
import { CATALOGUE_KINDS, type Publication } from '../../src/schema/catalogue.js';
import { builtFile } from '../support/build.js';

const MIB = 1_048_576;
const GROWTH_BYTES = 65_536;

/** Texts of every length modulo four, of characters of one to four bytes, some beyond what the memory grows by. */
const TEXT = fc.oneof(
  { weight: 9, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.nat({ max: 2 * GROWTH_BYTES }).map((length) => 'x'.repeat(length)) },
);
const PUBLICATION: fc.Arbitrary<Publication> = fc.record({
  kind: fc.constantFrom(...CATALOGUE_KINDS),
  name: fc.constantFrom('house', 'a', 'B-2'),
  version: fc.integer({ min: 1, max: 999_999_999 }),
  document: TEXT.map((text) => JSON.stringify({ text })),
});
/** A publication is appended; a number is a reader: who reads for the first time joins by it. */
const STEPS = fc.array(fc.oneof(PUBLICATION, fc.nat({ max: 3 })), { maxLength: 30 });

describe('the shared catalogue', () => {
  test('gives every reader the same publications in the same order, whenever it joins and reads', () => {
    fc.assert(
      fc.property(STEPS, (steps) => {
        const writer = new CatalogueWriter(8 * MIB);
        const appended: Publication[] = [];
        const readers = new Map<number, { reader: CatalogueReader; read: Publication[] }>();
        for (const step of [...steps, 0, 1, 2, 3]) {
          if (typeof step !== 'number') {
            writer.append(step);
            appended.push(step);
          } else {
            const known = readers.get(step) ?? { reader: new CatalogueReader(writer.shared), read: [] };
            known.read.push(...known.reader.readNew());
            readers.set(step, known);
            expect(known.read).toEqual(appended);
          }
        }
        expect(writer.bytes).toBe(appended.map(publicationSize).reduce((sum, size) => sum + size, 0));
      }),
    );
  });

  test('takes what fills it to the byte, and breaks rather than lose what does not fit', () => {
    const publication = numbered(1);
    const writer = new CatalogueWriter(2 * publicationSize(publication));
    const reader = new CatalogueReader(writer.shared);
    writer.append(publication);
    writer.append(publication);
    expect(() => {
      writer.append(publication);
    }).toThrow('no more than the catalogue has room for');
    expect(reader.readNew()).toEqual([publication, publication]);
    expect(reader.readNew()).toEqual([]);
  });

  test('takes memory as it is written', () => {
    const writer = new CatalogueWriter(64 * MIB);
    expect(writer.shared.byteLength).toBeLessThan(GROWTH_BYTES);
    writer.append(numbered(1));
    expect(writer.shared.byteLength).toBeLessThan(2 * GROWTH_BYTES);
  });
});

/** Reads as a worker of the engine does, and tells what each reading gave; the last version ends it. */
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.module).then(({ CatalogueReader }) => {
    const reader = new CatalogueReader(workerData.shared);
    for (let version = 0; version < workerData.last;) {
      const read = reader.readNew();
      if (read.length === 0) continue;
      version = read.at(-1).version;
      parentPort.postMessage(read);
    }
  });
`;

describe('another thread', () => {
  test('reads what is written while it reads, far beyond the memory it was given', async () => {
    const [before, between, last] = [3, 6, 600];
    const writer = new CatalogueWriter(16 * MIB);
    appendTo(writer, 1, before);
    const given = writer.shared.byteLength;
    const { read, reaches } = readOnThread(writer.shared, last);
    await reaches(before);
    appendTo(writer, before + 1, between);
    await reaches(between);
    appendTo(writer, between + 1, last);
    await reaches(last);
    expect(read).toEqual(Array.from({ length: last }, (_, at) => numbered(at + 1)));
    expect(writer.bytes).toBeGreaterThan(given + 4 * GROWTH_BYTES);
  });
});

function readOnThread(shared: SharedArrayBuffer, last: number) {
  const module = builtFile('src/rounds/rules/shared-catalogue.js').href;
  const worker = new Worker(THREAD, { eval: true, workerData: { shared, module, last } });
  onTestFinished(async () => {
    await worker.terminate();
  });
  const read: Publication[] = [];
  worker.on('message', (publications: Publication[]) => read.push(...publications));
  const reaches = async (count: number): Promise<void> => {
    while (read.length < count) await once(worker, 'message');
  };
  return { read, reaches };
}

function appendTo(writer: CatalogueWriter, first: number, last: number): void {
  for (let version = first; version <= last; version++) writer.append(numbered(version));
}

/** Of another length for each number. */
function numbered(version: number): Publication {
  return { kind: 'policy', name: 'house', version, document: JSON.stringify('\u00fc'.repeat(20 * version)) };
}
