import { describe, expect, test } from 'vitest';
import { RoundClearer } from '../../src/rounds/clear-round.js';
import { DEFAULT_ROUND_LIMITS } from '../../src/schema/limits.js';
import { FORMAT_NAMES, type RoundRequest } from '../../src/schema/round.js';
import { type CodeBlock, codeBlocks, readDocument } from './markdown.js';

/** In API.md a block of kind `json round` is followed by its `json answer` or its `json refusal`. */
const BLOCKS = codeBlocks(readDocument('API.md')).filter(({ kind }) => !/^ndjson |^text /.test(kind));
const ROUNDS = BLOCKS.filter(({ kind }) => kind === 'json round');

const clearer = new RoundClearer({
  limits: DEFAULT_ROUND_LIMITS,
  tieKey: new Uint8Array(32),
  retention: 'off',
});

describe('the examples of API.md', () => {
  test.each(ROUNDS.map((round) => [nameOf(round), round, BLOCKS[BLOCKS.indexOf(round) + 1]!] as const))(
    '%s is answered as printed',
    (_, round, printed) => {
      expect(['json answer', 'json refusal']).toContain(printed.kind);
      expect(outcomeOf(round)).toEqual(JSON.parse(printed.text));
    },
  );

  test('are rounds with their answers and nothing else', () => {
    expect(BLOCKS.filter(({ kind }) => kind !== 'json round')).toHaveLength(ROUNDS.length);
  });

  test('show every format', () => {
    const shown = ROUNDS.map(({ text }) => (JSON.parse(text) as RoundRequest).format);
    expect(new Set(shown)).toEqual(new Set(FORMAT_NAMES));
  });
});

function nameOf({ text }: CodeBlock): string {
  const { id, format } = JSON.parse(text) as RoundRequest;
  return `${id ?? 'a round without an id'} (${format})`;
}

/** The body of the answer, or of the error as a caller with this request id gets it. */
function outcomeOf({ text }: CodeBlock): unknown {
  const clearing = clearer.clear(Buffer.from(text), { fallbackId: 'assigned', atMs: 0, waitedMs: 0 });
  if ('cleared' in clearing) return JSON.parse(clearing.cleared.answer) as unknown;
  return { ...clearing.refusal, requestId: 'trace-81' };
}
