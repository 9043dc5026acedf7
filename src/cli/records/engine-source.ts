import { Readable } from 'node:stream';
import { isFrame } from '../../engine/replay/read-block-line.js';
import type { BlockPlace, TrailBlock, TrailSource } from '../../engine/replay/trail-source.js';
import { type AskEngine, engineRefusal } from '../ask-engine.js';
import { piecesOf, remoteTrail } from '../trail/remote-trail.js';
import { blockIn } from './export-source.js';
import { linesOf } from './lines.js';

/** The trail of a running engine, over HTTP, a page at a time. */
export function engineSource(address: string, ask: AskEngine): TrailSource {
  const { logs, lines } = remoteTrail(address, ask);
  const everyBlock = async function* (): AsyncIterable<TrailBlock> {
    for (const log of await logs()) yield* blocksIn(lines(log), address);
  };
  return { blocks: (place) => (place === undefined ? everyBlock() : blockAt(address, ask, place)) };
}

async function* blockAt(
  address: string,
  ask: AskEngine,
  { node, number }: BlockPlace,
): AsyncIterable<TrailBlock> {
  const url = new URL('/v1/trail/records', address);
  url.search = new URLSearchParams({ node, from: String(number), limit: '1' }).toString();
  const response = await ask(url.href);
  // 404: there is no such log. 410: of the block not even the header is left.
  if (response.status === 404) return;
  if (response.status === 410) yield { node, number, kept: undefined };
  else if (!response.ok) throw await engineRefusal(response);
  else yield* blocksIn(piecesOf(response.body), address);
}

async function* blocksIn(
  pieces: AsyncIterable<Uint8Array | string>,
  address: string,
): AsyncIterable<TrailBlock> {
  for await (const line of linesOf(Readable.from(pieces))) if (!isFrame(line)) yield blockIn(line, address);
}
