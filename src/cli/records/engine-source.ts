import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { isFrame } from '../../engine/replay/read-block-line.js';
import type { BlockPlace, TrailBlock, TrailSource } from '../../engine/replay/trail-source.js';
import { type AskEngine, engineRefusal } from '../ask-engine.js';
import { blockIn } from './export-source.js';
import { linesOf } from './lines.js';

const BLOCKS_PAGE = 100;

/** The trail of a running engine, over HTTP, a page at a time. */
export function engineSource(address: string, ask: AskEngine): TrailSource {
  const engine = { base: address.replace(/\/+$/, ''), ask };
  return { blocks: (place) => (place === undefined ? everyBlock(engine) : blockAt(engine, place)) };
}

interface Asked {
  readonly base: string;
  readonly ask: AskEngine;
}

async function* blockAt({ base, ask }: Asked, { node, number }: BlockPlace): AsyncIterable<TrailBlock> {
  const response = await ask(pageUrl(base, node, number, 1));
  // 404: there is no such log. 410: of the block not even the header is left.
  if (response.status === 404) return;
  if (response.status === 410) yield { node, number, kept: undefined };
  else yield* blocksIn(response, base);
}

async function* everyBlock(engine: Asked): AsyncIterable<TrailBlock> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const response = await engine.ask(`${engine.base}/v1/trail/nodes?after=${encodeURIComponent(after)}`);
    const { nodes, next } = (await jsonOf(response)) as NodeList;
    for (const { node } of nodes) yield* blocksOf(engine, node);
    after = next;
  }
}

interface NodeList {
  readonly nodes: readonly { readonly node: string }[];
  readonly next?: string;
}

async function* blocksOf({ base, ask }: Asked, node: string): AsyncIterable<TrailBlock> {
  for (let from = 0; ;) {
    let read = 0;
    for await (const block of blocksIn(await ask(pageUrl(base, node, from, BLOCKS_PAGE)), base)) {
      read++;
      yield block;
    }
    if (read === 0) return;
    from += read;
  }
}

function pageUrl(base: string, node: string, from: number, limit: number): string {
  return `${base}/v1/trail/records?node=${encodeURIComponent(node)}&from=${from}&limit=${limit}`;
}

async function* blocksIn(response: Response, base: string): AsyncIterable<TrailBlock> {
  if (!response.ok || response.body === null) throw await engineRefusal(response);
  const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  for await (const line of linesOf(body)) if (!isFrame(line)) yield blockIn(line, base);
}

async function jsonOf(response: Response): Promise<unknown> {
  if (!response.ok) throw await engineRefusal(response);
  return response.json();
}
