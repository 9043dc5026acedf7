import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { clearLines, type LineStream } from '../../../src/engine/bulk/clear-lines.js';
import { Lane } from '../../../src/engine/bulk/lane.js';
import { Pieces } from '../../../src/engine/bulk/pieces.js';
import { Sink } from '../../../src/engine/bulk/sink.js';
import type { RoundReply } from '../../../src/engine/round-reply.js';
import { until } from '../../support/until.js';

/** A line that was handed to the engine; the test answers it when it likes. */
interface Handed {
  readonly text: string;
  readonly ageMs: number;
  readonly answer: (reply?: RoundReply) => void;
  readonly fail: () => void;
}

/** A stream over pipes in this process, with a clock and an engine that the test moves. */
function controlledStream({ laneRounds = 10 } = {}) {
  const time = { ms: 0 };
  const handed: Handed[] = [];
  const faults: string[] = [];
  const [input, output] = [new PassThrough(), new PassThrough()];
  const pieces = new Pieces(input);
  const held = { bytes: 0 };
  const stream: LineStream = {
    pieces,
    sink: new Sink(output),
    room: {
      take: (bytes) => Promise.resolve(void (held.bytes += bytes)),
      give: (bytes) => void (held.bytes -= bytes),
      keep: (bytes) => void (held.bytes = Math.min(bytes, held.bytes)),
    },
    lineBytesMax: 100,
    progressed: () => undefined,
    tell: (line, reply) => `${line}:${'refusal' in reply ? reply.refusal.code : reply.answer.toString()}\n`,
  };
  const clear = (bytes: Buffer, ageMs: number) =>
    new Promise<RoundReply>((resolve, reject) => {
      const text = bytes.toString();
      const answered = { answer: Buffer.from(text.toUpperCase()), recordId: undefined };
      handed.push({
        text,
        ageMs,
        answer: (reply = answered) => {
          resolve(reply);
        },
        fail: () => {
          reject(new Error('broken'));
        },
      });
    });
  const lane = new Lane({ rounds: laneRounds, bytes: Infinity });
  const clock = { nowMs: () => 0, monotonicMs: () => time.ms };
  const journal = { fault: (message: string) => void faults.push(message) };
  const ended = clearLines(stream, { lane, clear, clock, journal });
  const come = (count: number) => until(`${count} lines are with the engine`, () => handed.length === count);
  return { time, handed, faults, input, output, pieces, held, ended, come };
}

test('the age of a line counts from the moment its end came, not its beginning, and goes on while it waits', async () => {
  const { time, handed, input, come, ended } = controlledStream({ laneRounds: 1 });
  input.write('aaa');
  await until('the beginning is read', () => input.readableLength === 0);
  time.ms = 1000;
  input.write('a\nb\n');
  await come(1);
  expect(handed[0]).toMatchObject({ text: 'aaaa', ageMs: 0 });
  time.ms = 1007;
  handed[0]!.answer();
  await come(2);
  expect(handed[1]).toMatchObject({ text: 'b', ageMs: 7 });
  handed[1]!.answer();
  input.end();
  await ended;
});

test('what is answered early waits for what is in front of it', async () => {
  const { handed, input, output, come, ended } = controlledStream();
  input.end('a\n\nb\nc');
  await come(3);
  for (const at of [2, 1, 0]) handed[at]!.answer();
  expect(await ended).toBeUndefined();
  expect(String(output.read())).toBe('1:A\n3:B\n4:C\n');
});

test('a stream that is stopped takes no further line, answers those it took, and says where to go on', async () => {
  const { handed, input, output, pieces, held, come, ended } = controlledStream({ laneRounds: 2 });
  input.write('a\nb\nc\nd\n');
  await come(2);
  expect(held.bytes).toBe(8);
  pieces.stop();
  handed[0]!.answer();
  handed[1]!.answer();
  expect(await ended).toBe(3);
  expect(handed).toHaveLength(2);
  expect(String(output.read())).toBe('1:A\n2:B\n');
});

test('the unfinished line of a text that broke off is not taken for a line', async () => {
  const { handed, input, pieces, come, ended } = controlledStream();
  input.write('a\nb');
  await come(1);
  pieces.breakOff();
  handed[0]!.answer();
  expect(await ended).toBe(2);
  expect(handed).toHaveLength(1);
});

test('a line that breaks the engine is refused, told to the journal, and lets the next one in', async () => {
  const { handed, faults, input, output, come, ended } = controlledStream({ laneRounds: 1 });
  input.end('a\nb\n');
  await come(1);
  handed[0]!.fail();
  await come(2);
  handed[1]!.answer();
  await ended;
  expect(String(output.read())).toBe('1:INTERNAL_FAULT\n2:B\n');
  expect(faults).toHaveLength(1);
});

test('nothing more is read than a window holds while nobody reads the answers', async () => {
  const { handed, input, output, ended } = controlledStream({ laneRounds: 1_000_000 });
  const lines = 5000;
  let written = 0;
  input.write('x\n'.repeat(lines));
  input.end();
  const answer = (): boolean => {
    for (; written < handed.length; written++) handed[written]!.answer();
    return output.readableLength >= output.readableHighWaterMark;
  };
  await until('answers pile up before their reader', answer);
  const stuckAt = await settled(() => (answer(), handed.length));
  expect(stuckAt).toBeLessThan(lines);
  output.resume();
  await until('all lines are with the engine', () => (answer(), handed.length === lines));
  answer();
  expect(await ended).toBeUndefined();
});

/** A count once it has stayed the same for many turns of the event loop. */
async function settled(count: () => number): Promise<number> {
  let last = -1;
  for (let same = 0; same < 100;) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = count();
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}
