import { expect, test } from 'vitest';
import { readOverloadRequest } from '../../bench/overload/command-line.js';
import type { LoadRow, OverloadFigures } from '../../bench/overload/measure.js';
import { doubts, judgeOverload } from '../../bench/overload/reaches.js';
import { requestBytes, readAnswer } from '../../bench/overload/caller.js';

const LATENCIES = { p50Ms: 5, p99Ms: 10, p999Ms: 12 };
const GOOD: OverloadFigures = {
  peaksPerSecond: [1000],
  peakPerSecond: 1000,
  rows: [row(0.7, 700), row(1, 950), row(2, 950)],
  sharesAfterDrop: [1],
  recoverySeconds: 0.2,
};

test.each<[string, OverloadFigures, readonly (boolean | undefined)[]]>([
  ['all that is meant', GOOD, [true, true, true, true, true]],
  ['little goodput', withHigh({ goodputPerSecond: 890 }), [false, true, true, true, true]],
  ['slow answers', withHigh({ accepted: { ...LATENCIES, p99Ms: 31 } }), [true, false, true, true, true]],
  ['slow refusals', withHigh({ refused: { ...LATENCIES, p99Ms: 11 } }), [true, true, false, true, true]],
  ['growing memory', withHigh({ endBytes: 120 }), [true, true, true, false, true]],
  ['a slow return', { ...GOOD, recoverySeconds: 1.1 }, [true, true, true, true, false]],
  [
    'no refusals',
    withHigh({ refused: { ...LATENCIES, p99Ms: Number.NaN } }),
    [true, true, undefined, true, true],
  ],
])('a run with %s is judged so', (_, figures, reached) => {
  expect(judgeOverload(figures).map((verdict) => verdict.reached)).toEqual(reached);
});

test('a run says what makes it doubtful', () => {
  expect(doubts(GOOD)).toEqual([]);
  expect(doubts(withHigh({ offeredPerSecond: 1500 }))).toEqual([
    expect.stringMatching(/could not offer 2 .* 1\.50 /),
  ]);
  expect(doubts(withHigh({ othersCpu: 0.9 }))).toEqual([expect.stringMatching(/up to 0\.90 cores/)]);
  expect(doubts(withHigh({ goodputPerSecond: 1200 }))).toEqual([
    expect.stringMatching(/1\.20 times the goodput/),
  ]);
});

test('the command line chooses phases, and refuses what it does not know', () => {
  expect(readOverloadRequest(['--help'])).toBeUndefined();
  expect(readOverloadRequest([])!.conditions).toMatchObject({ bids: 100, seconds: 8 });
  const quick = readOverloadRequest(['--quick', '--bids', '20', '--no-history'])!;
  expect(quick).toMatchObject({ isQuick: true, keepsHistory: false, conditions: { bids: 20, seconds: 2 } });
  for (const args of [['--seconds', '0'], ['--seconds', 'x'], ['--fast'], ['20']]) {
    expect(() => readOverloadRequest(args)).toThrow(/whole number|--help/);
  }
});

test('an answer is read when it is whole, as its status or its code', () => {
  const success = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
  const body = '{"code":"OVERLOADED","message":"full"}';
  const refusal = Buffer.from(
    `HTTP/1.1 503 Service Unavailable\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  expect([readAnswer(success), readAnswer(refusal)]).toEqual(['200', 'OVERLOADED']);
  for (const whole of [success, refusal]) {
    for (let length = 0; length < whole.length; length++) {
      expect(readAnswer(whole.subarray(0, length))).toBeUndefined();
    }
  }
  expect(requestBytes('/x', Buffer.from('{}')).toString()).toMatch(
    /^POST \/x HTTP\/1\.1\r\n[^]*\r\n\r\n\{\}$/,
  );
});

function row(load: LoadRow['load'], goodputPerSecond: number): LoadRow {
  return {
    load,
    generatorCpu: 0.2,
    othersCpu: 0.1,
    askedPerSecond: load * 1000,
    offeredPerSecond: load * 1000,
    goodputPerSecond,
    refusedPerSecond: {},
    accepted: LATENCIES,
    refused: { p50Ms: 1, p99Ms: 2, p999Ms: 3 },
    startBytes: 100,
    endBytes: 101,
    maxBytes: 110,
  };
}

function withHigh(more: Partial<LoadRow>): OverloadFigures {
  return { ...GOOD, rows: [GOOD.rows[0]!, GOOD.rows[1]!, { ...row(2, 950), ...more }] };
}
