import { generateKeyPairSync } from 'node:crypto';
import type { Clock } from '../../src/base/clock.js';
import type { Ledger } from '../../src/engine/ledger-port.js';
import type { Identity, LogTerms } from '../../src/engine/node-log.js';
import type { KeptRetention } from '../../src/trail/retention.js';
import { type MemoryBounds, MemoryLedger } from '../../src/memory/ledger.js';
import { systemClock } from '../../src/memory/system-clock.js';
import { originOf, signingKey } from '../../src/trail/checkpoint.js';

const ROOM = 1e9;

/** An embedded ledger that keeps all of a test, but for what the test bounds. */
export function memoryLedger(bounds: Partial<MemoryBounds> = {}, clock: Clock = systemClock): MemoryLedger {
  const wide = {
    trailBytesMax: ROOM,
    logsMax: ROOM,
    catalogueBytesMax: ROOM,
    retryBytesMax: ROOM,
    sessionsMax: ROOM,
    eventsPerSessionMax: ROOM,
    deadlinesMax: ROOM,
  };
  return new MemoryLedger({ ...wide, ...bounds }, clock);
}

/** A log that never gets too long. */
export function logTerms(retention: KeptRetention): LogTerms {
  return { retention, blocksMax: ROOM };
}

/** A node of that name with a key of its own. */
export function identityOf(node: string, atMs = 0): Identity {
  const key = signingKey({ origin: originOf(node), privateKey: generateKeyPairSync('ed25519').privateKey });
  return { key, birth: { node, atMs, publicKey: key.publicKey, tieKeyHash: Buffer.alloc(32) } };
}

/** The same ledger, but for the methods that a test replaces. */
export function ledgerWith(ledger: Ledger, replaced: Partial<Ledger>): Ledger {
  return {
    append: (block, expected) => ledger.append(block, expected),
    readBlock: (node, number) => ledger.readBlock(node, number),
    readBlocks: (node, from, limit) => ledger.readBlocks(node, from, limit),
    readRecord: (address) => ledger.readRecord(address),
    readHeaders: (node, from, limit) => ledger.readHeaders(node, from, limit),
    readHead: (node) => ledger.readHead(node),
    listNodes: (after, limit) => ledger.listNodes(after, limit),
    findRecords: (roundKey, limit) => ledger.findRecords(roundKey, limit),
    fence: (node) => ledger.fence(node),
    publish: (draft, newest) => ledger.publish(draft, newest),
    readPublications: (after) => ledger.readPublications(after),
    onPublished: (listener) => ledger.onPublished(listener),
    shareTieKey: (candidate) => ledger.shareTieKey(candidate),
    sessions: ledger.sessions,
    retries: ledger.retries,
    get isAvailable() {
      return ledger.isAvailable;
    },
    close: () => ledger.close(),
    ...replaced,
  };
}
