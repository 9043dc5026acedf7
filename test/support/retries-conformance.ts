import { describe, expect, test } from 'vitest';
import type { KeptAnswer, Ledger, Reservation } from '../../src/engine/ledger-port.js';
import { block } from './blocks.js';
import { until } from './until.js';

const [A, B, C] = ['n00000000000000aa', 'n00000000000000bb', 'n00000000000000cc'];
const ROOM = 1e9;
const RACERS = 8;
const SHORT_MS = 200;
const HOUR_MS = 3_600_000;
const TAKEN = { reserved: true };
const FULL = { reserved: false, full: true };

/** A ledger, and how its time passes: the time of one that is elsewhere passes by itself. */
export interface RetriesSubject {
  readonly ledger: Ledger;
  readonly pass: (ms: number) => void;
}

/** What every ledger promises about requests that may be sent again. `create` makes an empty one with room for so many bytes. */
export function retriesConformance(
  name: string,
  create: (retryBytesMax: number) => RetriesSubject | Promise<RetriesSubject>,
): void {
  describe(`${name}: reserve`, () => {
    test('takes a key that nobody has, and tells everybody else who has it', async () => {
      const { retries } = await subject();
      expect(await retries.reserve(of(A, 1), HOUR_MS)).toEqual(TAKEN);
      for (const late of [of(B, 1), of(A, 1), { ...of(B, 1), fingerprint: hex(99) }])
        expect(await retries.reserve(late, HOUR_MS)).toEqual({ reserved: false, holder: of(A, 1) });
      expect(await retries.reserve(of(B, 2), HOUR_MS)).toEqual(TAKEN);
    });

    test('takes one of many that race, and the others learn which', async () => {
      const { retries } = await subject();
      const racers = Array.from({ length: RACERS }, (_, at) => of(nodeOf(at), 1));
      const results = await Promise.all(racers.map((racer) => retries.reserve(racer, HOUR_MS)));
      const holder = racers[results.findIndex(({ reserved }) => reserved)]!;
      expect(results).toEqual(
        racers.map((racer) => (racer === holder ? TAKEN : { reserved: false, holder })),
      );
    });

    test('keeps keys apart', async () => {
      const { retries } = await subject();
      for (let key = 0; key < 300; key++) expect(await retries.reserve(of(A, key), HOUR_MS)).toEqual(TAKEN);
      for (let key = 0; key < 300; key++)
        expect(await retries.reserve(of(B, key), HOUR_MS)).toEqual({ reserved: false, holder: of(A, key) });
    });

    test('is forgotten when its time has passed, and no other is', async () => {
      const { retries, pass } = await subject();
      const keptMs = [HOUR_MS, SHORT_MS, 2 * HOUR_MS, SHORT_MS, HOUR_MS];
      for (const [key, time] of keptMs.entries()) await retries.reserve(of(A, key), time);
      pass(SHORT_MS);
      for (const [key, time] of keptMs.entries()) {
        if (time === SHORT_MS) await untilTaken(retries, of(B, key));
        else expect(await retries.reserve(of(B, key), HOUR_MS)).toMatchObject({ holder: { node: A } });
      }
    });
  });

  describe(`${name}: takeOver`, () => {
    test('takes the key from the node that is named, and from no other', async () => {
      const { retries } = await subject();
      await retries.reserve(of(A, 1), HOUR_MS);
      expect(await retries.takeOver(of(C, 1), B, HOUR_MS)).toEqual({ reserved: false, holder: of(A, 1) });
      expect(await retries.takeOver(of(B, 1), A, HOUR_MS)).toEqual(TAKEN);
      expect(await retries.takeOver(of(C, 1), A, HOUR_MS)).toEqual({ reserved: false, holder: of(B, 1) });
      expect(await retries.reserve(of(C, 1), HOUR_MS)).toEqual({ reserved: false, holder: of(B, 1) });
    });

    test('is won by one of many that race', async () => {
      const { retries } = await subject();
      await retries.reserve(of(A, 1), HOUR_MS);
      const racers = Array.from({ length: RACERS }, (_, at) => of(nodeOf(at), 1));
      const results = await Promise.all(racers.map((racer) => retries.takeOver(racer, A, HOUR_MS)));
      const holder = racers[results.findIndex(({ reserved }) => reserved)]!;
      expect(results).toEqual(
        racers.map((racer) => (racer === holder ? TAKEN : { reserved: false, holder })),
      );
    });

    test('reserves a key that nobody has any more', async () => {
      const { retries } = await subject();
      expect(await retries.takeOver(of(B, 1), A, HOUR_MS)).toEqual(TAKEN);
      expect(await retries.takeOver(of(C, 1), A, HOUR_MS)).toEqual({ reserved: false, holder: of(B, 1) });
    });

    test.each([
      ['longer', SHORT_MS, HOUR_MS],
      ['shorter', HOUR_MS, SHORT_MS],
    ])('keeps the key for its own time, which is %s', async (_, firstMs, thenMs) => {
      const { retries, pass } = await subject();
      for (const key of [1, 2]) await retries.reserve(of(A, key), firstMs);
      await retries.takeOver(of(B, 1), A, thenMs);
      const [first, second] = thenMs === SHORT_MS ? [1, 2] : [2, 1];
      pass(SHORT_MS);
      await untilTaken(retries, of(C, first));
      expect(await retries.reserve(of(C, second), HOUR_MS)).toHaveProperty('holder');
    });
  });

  test(`${name}: a node that has a key may take it over from itself, and so keep it longer`, async () => {
    const { retries, pass } = await subject();
    for (const key of [1, 2]) await retries.reserve(of(A, key), SHORT_MS);
    expect(await retries.takeOver(of(A, 1), A, HOUR_MS)).toEqual(TAKEN);
    pass(SHORT_MS);
    await untilTaken(retries, of(B, 2));
    expect(await retries.reserve(of(B, 1), HOUR_MS)).toEqual({ reserved: false, holder: of(A, 1) });
  });

  describe(`${name}: release`, () => {
    test('gives back the key of the node that has it, and of no other', async () => {
      const { retries } = await subject();
      await retries.reserve(of(A, 1), HOUR_MS);
      await retries.release(hex(1), B);
      expect(await retries.reserve(of(C, 1), HOUR_MS)).toEqual({ reserved: false, holder: of(A, 1) });
      await retries.release(hex(1), A);
      expect(await retries.reserve(of(C, 1), HOUR_MS)).toEqual(TAKEN);
    });

    test('of a key that was taken over does nothing', async () => {
      const { retries } = await subject();
      await retries.reserve(of(A, 1), HOUR_MS);
      await retries.takeOver(of(B, 1), A, HOUR_MS);
      await retries.release(hex(1), A);
      expect(await retries.reserve(of(C, 1), HOUR_MS)).toEqual({ reserved: false, holder: of(B, 1) });
    });

    test('of a key that nobody has does nothing', async () => {
      const { retries } = await subject();
      await retries.release(hex(1), A);
      expect(await retries.reserve(of(A, 1), HOUR_MS)).toEqual(TAKEN);
    });
  });

  describe(`${name}: answers`, () => {
    test('stand with the node that gave them, byte for byte', async () => {
      const { retries } = await subject();
      expect(await retries.readAnswer(A, hex(1))).toBeUndefined();
      const bytes = Buffer.from([0, 255, 10, 13, 128, 0]);
      expect(await retries.keepAnswer(A, { ...answer(1), bytes })).toBe(true);
      expect(await retries.keepAnswer(A, { ...answer(2), bytes: Buffer.alloc(0) })).toBe(true);
      expect(await retries.readAnswer(A, hex(1))).toEqual(bytes);
      expect(await retries.readAnswer(A, hex(2))).toEqual(Buffer.alloc(0));
      expect(await retries.readAnswer(A, hex(3))).toBeUndefined();
      expect(await retries.readAnswer(B, hex(1))).toBeUndefined();
    });

    test('are the last that was given', async () => {
      const { retries } = await subject();
      await retries.keepAnswer(A, answer(1, 'first'));
      await retries.keepAnswer(A, answer(1, 'second'));
      expect((await retries.readAnswer(A, hex(1)))?.toString()).toBe('second');
    });

    test('of a block stand when the block does, and again when it is sent again', async () => {
      const { retries, ledger } = await subject();
      const answers = [answer(1, 'one'), answer(2, 'two')];
      for (let sent = 0; sent < 2; sent++) {
        expect(await ledger.append({ ...block(A, 0), answers }, undefined)).toEqual({ appended: true });
        for (const { key, bytes } of answers) expect(await retries.readAnswer(A, key)).toEqual(bytes);
      }
      expect(await ledger.readBlock(A, 0)).toEqual(block(A, 0));
    });

    test('of a block that is refused are nowhere', async () => {
      const { retries, ledger } = await subject();
      await ledger.append(block(A, 0), undefined);
      const late = { ...block(A, 1), answers: [answer(1)] };
      expect(await ledger.append(late, 'something else')).toMatchObject({ appended: false });
      expect(await retries.readAnswer(A, hex(1))).toBeUndefined();
    });

    test('are forgotten when their time has passed, and no other is', async () => {
      const { retries, ledger, pass } = await subject();
      const short = [answer(1, 'short', SHORT_MS), answer(3, 'short', SHORT_MS)];
      await ledger.append({ ...block(A, 0), answers: [answer(2), short[0]!] }, undefined);
      await retries.keepAnswer(B, answer(2));
      await retries.keepAnswer(B, short[1]!);
      pass(SHORT_MS);
      for (const [node, { key }] of [[A, short[0]!] as const, [B, short[1]!] as const])
        await until('it is forgotten', async () => (await retries.readAnswer(node, key)) === undefined);
      for (const node of [A, B]) expect(await retries.readAnswer(node, hex(2))).toEqual(answer(2).bytes);
    });
  });

  describe(`${name}: a fenced node`, () => {
    test.each(['with a log', 'without a log'])('%s keeps no answer any more', async (log) => {
      const { retries, ledger } = await subject();
      if (log === 'with a log') await ledger.append(block(A, 0), undefined);
      expect(await retries.keepAnswer(A, answer(1))).toBe(true);
      await ledger.fence(A);
      expect(await retries.keepAnswer(A, answer(1, 'other'))).toBe(false);
      expect(await retries.keepAnswer(A, answer(2))).toBe(false);
      expect(await retries.readAnswer(A, hex(1))).toEqual(answer(1).bytes);
      expect(await retries.readAnswer(A, hex(2))).toBeUndefined();
      expect(await retries.keepAnswer(B, answer(2))).toBe(true);
    });

    test('has no block taken, and so none of its answers', async () => {
      const { retries, ledger } = await subject();
      await ledger.append(block(A, 0), undefined);
      await ledger.fence(A);
      const late = { ...block(A, 1), answers: [answer(1)] };
      expect(await ledger.append(late, block(A, 0).checkpoint)).toEqual({ appended: false, fenced: true });
      expect(await retries.readAnswer(A, hex(1))).toBeUndefined();
    });

    test('has either the answer and the block, or neither, when both race', async () => {
      const { retries, ledger } = await subject();
      for (let at = 0; at < 20; at++) {
        const node = nodeOf(at);
        const sent = { ...block(node, 0), answers: [answer(at)] };
        const calls = [() => ledger.append(sent, undefined), () => ledger.fence(node)];
        const [first, second] = at % 2 === 0 ? calls : calls.toReversed();
        await Promise.all([first!(), second!()]);
        const hasBlock = (await ledger.readBlock(node, 0)) !== undefined;
        expect((await retries.readAnswer(node, hex(at))) !== undefined).toBe(hasBlock);
      }
    });
  });

  describe(`${name}: the bound of retries`, () => {
    test('takes no new key, still knows the ones it has, and forgets none', async () => {
      const { retries } = await subject(20_000);
      const taken = await fill(retries, A);
      expect(taken).toBeGreaterThan(5);
      expect(taken).toBeLessThan(100);
      for (let key = 0; key < taken; key++)
        expect(await retries.reserve(of(B, key), HOUR_MS)).toEqual({ reserved: false, holder: of(A, key) });
      expect(await retries.reserve(of(B, taken), HOUR_MS)).toEqual(FULL);
      expect(await retries.takeOver(of(B, taken), A, HOUR_MS)).toEqual(FULL);
    });

    test('lets keys be taken over, which needs no room and leaves none', async () => {
      const { retries } = await subject(20_000);
      const taken = await fill(retries, A);
      for (let key = 0; key < taken; key++)
        expect(await retries.takeOver(of(B, key), A, HOUR_MS)).toEqual(TAKEN);
      expect(await retries.reserve(of(B, taken), HOUR_MS)).toEqual(FULL);
      await retries.release(hex(0), B);
      expect(await retries.reserve(of(B, taken), HOUR_MS)).toEqual(TAKEN);
    });

    test('has room for one more when one is given back', async () => {
      const { retries } = await subject(20_000);
      const taken = await fill(retries, A);
      await retries.release(hex(1), A);
      await retries.release(hex(1), A);
      await retries.release(hex(2), B);
      expect(await retries.reserve(of(B, taken), HOUR_MS)).toEqual(TAKEN);
      expect(await retries.reserve(of(B, taken + 1), HOUR_MS)).toEqual(FULL);
    });

    test.each(['keepAnswer', 'append'])('counts the answers of %s, and refuses none', async (by) => {
      const { retries, ledger } = await subject(20_000);
      for (let key = 0; key < 4; key++) expect(await retries.reserve(of(A, key), HOUR_MS)).toEqual(TAKEN);
      const answers = [0, 1, 2, 3].map((key) => answer(key, 'x'.repeat(5000)));
      if (by === 'append') await ledger.append({ ...block(A, 0), answers }, undefined);
      else for (const one of answers) expect(await retries.keepAnswer(A, one)).toBe(true);
      expect(await retries.reserve(of(A, 4), HOUR_MS)).toEqual(FULL);
      for (const { key, bytes } of answers) expect(await retries.readAnswer(A, key)).toEqual(bytes);
    });

    test('has room again when what filled it is forgotten', async () => {
      const { retries, pass } = await subject(20_000);
      expect(await retries.reserve(of(A, 0), HOUR_MS)).toEqual(TAKEN);
      for (const key of [1, 2]) {
        await retries.reserve(of(A, key), SHORT_MS);
        await retries.keepAnswer(A, answer(key, 'x'.repeat(10_000), SHORT_MS));
      }
      expect(await retries.reserve(of(B, 3), HOUR_MS)).toEqual(FULL);
      pass(2 * SHORT_MS);
      await untilTaken(retries, of(B, 3));
      expect(await retries.reserve(of(B, 0), HOUR_MS)).toEqual({ reserved: false, holder: of(A, 0) });
    });
  });

  describe(`${name}: a beat`, () => {
    test('says that its node is alive, for its time', async () => {
      const { retries, pass } = await subject();
      expect(await retries.isAlive(A)).toBe(false);
      await retries.beat(A, SHORT_MS);
      await retries.beat(B, HOUR_MS);
      await retries.beat(C, SHORT_MS);
      await retries.beat(C, HOUR_MS);
      pass(SHORT_MS);
      await until('the node is dead', async () => !(await retries.isAlive(A)));
      for (const node of [B, C]) expect(await retries.isAlive(node)).toBe(true);
      await retries.beat(A, HOUR_MS);
      expect(await retries.isAlive(A)).toBe(true);
    });
  });

  async function subject(retryBytesMax = ROOM) {
    const { ledger, pass } = await create(retryBytesMax);
    return { ledger, retries: ledger.retries, pass };
  }
}

/** Keys from 0 on until there is no room; answers how many there are. */
async function fill(retries: Ledger['retries'], node: string): Promise<number> {
  for (let key = 0; ; key++) {
    const result = await retries.reserve(of(node, key), HOUR_MS);
    if (result.reserved) continue;
    expect(result).toEqual(FULL);
    return key;
  }
}

async function untilTaken(retries: Ledger['retries'], reservation: Reservation): Promise<void> {
  await until('the key is free', async () => (await retries.reserve(reservation, HOUR_MS)).reserved);
}

function of(node: string, key: number): Reservation {
  return { key: hex(key), fingerprint: hex(key + 1000), node };
}

function answer(key: number, text = `answer \u00fc ${key}`, keptMs = HOUR_MS): KeptAnswer {
  return { key: hex(key), bytes: Buffer.from(text), keptMs };
}

/** As of a hash: what differs, differs from the first digit on. */
function hex(number: number): string {
  const digits = ((number + 1) * 2_654_435_761).toString(16).padStart(16, '0').split('').reverse().join('');
  return digits.repeat(4);
}

function nodeOf(number: number): string {
  return `n${String(number).padStart(16, '0')}`;
}
