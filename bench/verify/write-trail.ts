import { createHash, generateKeyPairSync } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { blockLine, FIRST_LINE, lastLine } from '../../src/engine/trail/block-line.js';
import { hashRecords } from '../../src/rounds/batch/batch-trail.js';
import { RoundClearer } from '../../src/rounds/clear-round.js';
import { writeBirth } from '../../src/trail/birth.js';
import { originOf, signingKey } from '../../src/trail/checkpoint.js';
import { emptyLog, type LogHead, sealBlock } from '../../src/trail/log.js';
import { CLEARING } from '../clearing.js';
import { generateRounds } from '../generate-rounds.js';

const NODE = 'n000000000000000a';
const BIDS = 20;
const NO_KEYS = Buffer.alloc(0);

/** Writes an exported trail of so many records of rounds of 20 bids, so many to a block. */
export function writeTrail(path: string, records: number, perBlock: number): void {
  const key = signingKey({ origin: originOf(NODE), privateKey: generateKeyPairSync('ed25519').privateKey });
  const tieKeyHash = createHash('sha256').digest();
  const birth = writeBirth({ node: NODE, atMs: 0, publicKey: key.publicKey, tieKeyHash });
  const texts = recordsOf();
  const file = openSync(path, 'w');
  let head: LogHead = emptyLog(NODE);
  const append = (batch: readonly string[]): void => {
    const { recordsRoot, body } = hashRecords(batch, 'full');
    const sealed = sealBlock(head, { atMs: 0, count: batch.length, recordsRoot }, key);
    head = sealed.head;
    const { number, header, checkpoint } = sealed;
    const block = {
      node: NODE,
      number,
      header,
      checkpoint,
      retention: 'full',
      body,
      roundKeys: NO_KEYS,
    } as const;
    writeSync(file, blockLine(block));
  };
  writeSync(file, FIRST_LINE);
  append([birth]);
  for (let written = 0; written < records; written += perBlock)
    append(Array.from({ length: perBlock }, (_, at) => texts[(written + at) % texts.length]!));
  writeSync(file, lastLine(head.frontier.size, 1));
  closeSync(file);
}

function recordsOf(): string[] {
  const clearer = new RoundClearer({ ...CLEARING, retention: 'full' });
  return generateRounds(BIDS, 64, 1).bodies.map((body) => {
    const clearing = clearer.clear(body, { fallbackId: '', atMs: 0, waitedMs: 0 });
    if ('refusal' in clearing) throw new Error('a generated round was refused');
    return clearing.cleared.record;
  });
}
