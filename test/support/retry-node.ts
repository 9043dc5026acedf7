import type { Clock } from '../../src/base/clock.js';
import { clearRoundsWith } from '../../src/engine/clear-rounds.js';
import type { Ledger } from '../../src/engine/ledger-port.js';
import { NodeLog } from '../../src/engine/node-log.js';
import type { Pool } from '../../src/engine/ports.js';
import { AnswerKeeper } from '../../src/engine/retries/answer-keeper.js';
import type { KeyedRequest } from '../../src/engine/retries/claim.js';
import { clearOnceWith } from '../../src/engine/retries/clear-once.js';
import type { RoundJob } from '../../src/engine/retries/kept-rounds.js';
import { NodeName } from '../../src/engine/retries/node-name.js';
import { retryPorts } from '../../src/engine/retries/ports.js';
import type { RoundReply } from '../../src/engine/round-reply.js';
import { Batcher } from '../../src/pool/batcher.js';
import { batchTrail } from '../../src/rounds/batch/batch-trail.js';
import type { Retention } from '../../src/trail/retention.js';
import { identityOf, logTerms } from './memory-ledger.js';
import { ledgerOver, Wire } from './wire.js';

const KEPT_MS = 86_400_000;
const SILENT = { fault: () => undefined };
const UNCOUNTED = {
  batchDecided: () => undefined,
  roundsAnswered: () => undefined,
  batchFailed: () => undefined,
  ledgerAppended: () => undefined,
};

let names = 0;
let decisions = 0;

/** A node whose every step over the wire is the test's; it decides no auctions, and no two decisions are alike. */
export interface RetryNode {
  readonly wire: Wire;
  readonly ask: (keyed: KeyedRequest, roundId: string) => Promise<RoundReply>;
  readonly beat: () => Promise<void>;
  /** The name it goes by. */
  readonly name: () => string;
}

export async function startRetryNode(ledger: Ledger, clock: Clock, retention: Retention): Promise<RetryNode> {
  const wire = new Wire();
  const wired = ledgerOver(wire, ledger);
  const log =
    retention === 'off'
      ? undefined
      : await NodeLog.open(wired, () => identityOf(newName(), clock.nowMs()), logTerms(retention));
  const keeper = new AnswerKeeper(log ?? new NodeName(newName(), newName), KEPT_MS, wired.retries, SILENT);
  const ports = retryPorts({ ledger: wired, holder: keeper, clock, journal: SILENT });
  const pool = poolOver(wire, retention);
  const story = clearRoundsWith({ node: 'n', pool, log, clock, meter: UNCOUNTED, journal: SILENT, keeper });
  const limits = { batchesMax: 2, roundsPerBatchMax: 2, bytesPerBatchMax: 1e6, queueMax: 1e6 };
  const batcher = new Batcher<RoundJob, RoundReply>(limits, story, {
    waitMsMax: 1e9,
    monotonicMs: () => 0,
    expire: () => {
      throw new Error('nothing expires');
    },
  });
  const clearOnce = clearOnceWith(ports);
  await ports.heartbeat.beat();
  wire.isHeld = true;
  const ask = (keyed: KeyedRequest, roundId: string) =>
    clearOnce(keyed, (claim) => {
      const bytes = Buffer.from(roundId);
      return batcher.submit({ kind: 'clear-round', subject: '', bytes, claim, arrivedAtMs: 0 });
    });
  return { wire, ask, beat: () => ports.heartbeat.beat(), name: () => keeper.node };
}

function newName(): string {
  return `n${String(names++).padStart(16, '0')}`;
}

/** The body of a round is its id. */
function poolOver(wire: Wire, retention: Retention): Pool {
  return {
    decide: ({ rounds }) =>
      wire.send('decide', () => {
        const ids = rounds.map(({ bytes }) => Buffer.from(bytes).toString());
        const decided = ids.map((id) => {
          const answer = Buffer.from(`{"id":"${id}","decision":${decisions++}}`);
          return { format: 'first-price' as const, outcome: 'no-award' as const, bids: 0, answer };
        });
        const records = ids.map((roundId, at) => ({ roundId, record: decided[at]!.answer.toString() }));
        return Promise.resolve({ rounds: decided, trail: batchTrail(records, retention) });
      }),
  };
}
