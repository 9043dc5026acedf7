import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../../src/base/errors.js';
import type { RoundReply } from '../../../src/engine/round-reply.js';
import { roundKeyOf } from '../../../src/trail/round-key.js';
import { memoryLedger } from '../../support/memory-ledger.js';
import { type RetryNode, startRetryNode } from '../../support/retry-node.js';
import type { Fate } from '../../support/wire.js';

/** What becomes of the calls of one request, in their order; those that are not named work. */
type Script = readonly (readonly [call: string, fate: Fate])[];

const FIRST = 0;
const SECOND = 1;
/** Longer than a node is taken for alive after its last beat, and than anything is on its way. */
const SILENCE_MS = 6000;
const KEYED = { key: 'a'.repeat(64), fingerprint: 'f'.repeat(64) };

describe('a request whose ledger fails at one step', () => {
  test.each<[string, Script, ErrorCode | 'answer']>([
    ['the key certainly did not arrive', [['reserve', 'unavailable']], 'LEDGER_UNAVAILABLE'],
    ['the key did not arrive', [['reserve', 'lost']], 'LEDGER_UNAVAILABLE'],
    ['nobody heard that the key was taken', [['reserve', 'unanswered']], 'LEDGER_UNAVAILABLE'],
    ['the key arrives late', [['reserve', 'late']], 'LEDGER_UNAVAILABLE'],
    ['the worker failed', [['decide', 'lost']], 'WORKER_FAILED'],
    [
      'the worker failed, and the key could not be given back',
      [
        ['decide', 'lost'],
        ['release', 'lost'],
      ],
      'WORKER_FAILED',
    ],
    [
      'nobody heard that the key was given back',
      [
        ['decide', 'lost'],
        ['release', 'unanswered'],
      ],
      'WORKER_FAILED',
    ],
    [
      'the key is given back late',
      [
        ['decide', 'lost'],
        ['release', 'late'],
      ],
      'WORKER_FAILED',
    ],
    ['the block is sent a second time', [['append', 'lost']], 'answer'],
    ['the block is sent twice and stands once', [['append', 'unanswered']], 'answer'],
    [
      'the block did not arrive',
      [
        ['append', 'lost'],
        ['append', 'lost'],
      ],
      'OUTCOME_UNKNOWN',
    ],
    [
      'nobody heard that the block stands',
      [
        ['append', 'unanswered'],
        ['append', 'lost'],
      ],
      'OUTCOME_UNKNOWN',
    ],
    [
      'the block arrives late',
      [
        ['append', 'late'],
        ['append', 'lost'],
      ],
      'OUTCOME_UNKNOWN',
    ],
  ])('%s: it is decided once, and whoever asks next is answered', async (_, script, told) => {
    for (const next of [FIRST, SECOND]) {
      const { nodes, ask, pass, records } = await twoNodes();
      const first = await ask(FIRST, script);
      expect(toldOf(first)).toBe(told);
      await pass(nodes);
      const answer = await ask(next);
      expect(toldOf(answer)).toBe('answer');
      if (told === 'answer') expect(answer).toEqual({ ...first, isReplayed: true });
      expect(await ask(FIRST)).toMatchObject({ ...answer, isReplayed: true });
      expect(await ask(SECOND)).toMatchObject({ ...answer, isReplayed: true });
      expect(await records()).toBe(1);
    }
  });

  test('a block in doubt is settled by the beat of its node, so that another can answer for it', async () => {
    const { nodes, ask, pass } = await twoNodes();
    expect(
      toldOf(
        await ask(FIRST, [
          ['append', 'lost'],
          ['append', 'lost'],
        ]),
      ),
    ).toBe('OUTCOME_UNKNOWN');
    expect(toldOf(await ask(SECOND))).toBe('IN_FLIGHT');
    await pass(nodes);
    expect(await ask(SECOND)).toMatchObject({ isReplayed: true });
  });

  test('a key is not decided again while its block is in doubt', async () => {
    const { ask, records } = await twoNodes();
    const lost: Script = [['append', 'lost']];
    expect(toldOf(await ask(FIRST, [...lost, ...lost]))).toBe('OUTCOME_UNKNOWN');
    expect(toldOf(await ask(FIRST, lost))).toBe('OUTCOME_UNKNOWN');
    expect(await ask(FIRST)).toMatchObject({ isReplayed: true });
    expect(await records()).toBe(1);
  });
});

describe('a node that dies', () => {
  test.each<[string, string, boolean]>([
    ['before the key arrives', 'reserve', false],
    ['as the key arrives', 'reserve', true],
    ['with the key', 'decide', false],
    ['before its block arrives', 'append', false],
    ['as its block arrives', 'append', true],
  ])('%s is waited for where it has the key, and then another node answers', async (_, call, arrives) => {
    const { nodes, ask, leave, pass, records } = await twoNodes();
    await leave(FIRST, call, arrives);
    const isFree = call === 'reserve' && !arrives;
    const stands = call === 'append' && arrives;
    if (!isFree && !stands) expect(toldOf(await ask(SECOND))).toBe('IN_FLIGHT');
    await pass([nodes[SECOND]!]);
    const answer = await ask(SECOND);
    expect(toldOf(answer)).toBe('answer');
    expect('isReplayed' in answer).toBe(stands);
    expect(await records()).toBe(1);
  });

  test('and comes back finds its log fenced: what it had decided is not, and it goes on in another', async () => {
    const { nodes, ask, hold, pass, records } = await twoNodes();
    const [sleeper, other] = nodes as readonly [RetryNode, RetryNode];
    const held = hold(sleeper, 'append');
    await held.reached;
    await pass([other]);
    const answer = await ask(SECOND);
    expect(toldOf(answer)).toBe('answer');
    const before = sleeper.name();
    expect(toldOf(await held.goOn())).toBe('LEDGER_UNAVAILABLE');
    expect(sleeper.name()).not.toBe(before);
    expect(await ask(FIRST)).toEqual({ ...answer, isReplayed: true });
    expect(await records()).toBe(1);
  });

  test.each<[string, Script]>([
    ['the fence', [['fence', 'lost']]],
    ['the answer of the fence', [['fence', 'unanswered']]],
    ['the key', [['takeOver', 'lost']]],
    ['the answer that the key is taken over', [['takeOver', 'unanswered']]],
    ['the key for a while', [['takeOver', 'late']]],
    ['the look for an answer', [['readAnswer', 'lost']]],
    ['whether it lives', [['isAlive', 'lost']]],
  ])('is settled although whoever settles it loses %s', async (_, script) => {
    const { nodes, ask, leave, pass, records } = await twoNodes();
    await leave(FIRST, 'decide', false);
    await pass([nodes[SECOND]!]);
    expect(toldOf(await ask(SECOND, script))).toBe('OUTCOME_UNKNOWN');
    await pass([nodes[SECOND]!]);
    expect(toldOf(await ask(SECOND))).toBe('answer');
    expect(await records()).toBe(1);
  });
});

async function twoNodes() {
  let nowMs = 1_000_000;
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
  const ledger = memoryLedger({}, clock);
  const start = () => startRetryNode(ledger, clock, 'full');
  const nodes: readonly RetryNode[] = [await start(), await start()];
  return {
    nodes,
    /** Time goes by, and the hearts of those who live beat. */
    pass: async (living: readonly RetryNode[]) => {
      for (const { wire } of nodes) await wire.arrive();
      nowMs += SILENCE_MS;
      for (const node of living) await drive(node, node.beat(), []);
    },
    ask: (at: number, script: Script = []) => drive(nodes[at]!, nodes[at]!.ask(KEYED, 'a'), script),
    /** The node dies when it is about to make the call. */
    leave: async (at: number, call: string, arrives: boolean) => {
      const node = nodes[at]!;
      void node.ask(KEYED, 'a');
      await driveTo(node, call);
      await node.wire.cut(() => arrives);
    },
    hold: (node: RetryNode, call: string) => {
      const asked = node.ask(KEYED, 'a');
      return { reached: driveTo(node, call), goOn: () => drive(node, asked, []) };
    },
    records: async () => (await ledger.findRecords(roundKeyOf('a'), 10)).length,
  };
}

/** Lets every call go with its fate until the promise has settled. */
async function drive<T>(node: RetryNode, promise: Promise<T>, script: Script): Promise<T> {
  const left = [...script];
  const progress = { isOver: false };
  void promise.finally(() => {
    progress.isOver = true;
  });
  await turn();
  while (!progress.isOver) {
    const [call] = node.wire.waiting;
    const fate = call !== undefined && left[0]?.[0] === call ? left.shift()![1] : 'works';
    if (call !== undefined) await node.wire.let(0, fate);
    await turn();
  }
  expect(left, 'every step of the script was made').toEqual([]);
  return promise;
}

async function driveTo({ wire }: RetryNode, call: string): Promise<void> {
  await turn();
  while (wire.waiting[0] !== call) {
    if (wire.waiting.length > 0) await wire.let(0, 'works');
    await turn();
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function toldOf(reply: RoundReply): string {
  return 'refusal' in reply ? reply.refusal.code : 'answer';
}
