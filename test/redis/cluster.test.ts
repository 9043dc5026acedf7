import { ledgerConformance } from '../support/ledger-conformance.js';
import { clusterForThisFile } from '../support/redis.js';
import { emptyRedisLedger } from '../support/redis-ledger.js';
import { retriesConformance } from '../support/retries-conformance.js';
import { sessionsConformance } from '../support/sessions-conformance.js';

const url = clusterForThisFile();
/** Redis forgets by itself, a little later. */
const pass = (): void => undefined;

ledgerConformance('a Redis Cluster', ({ blockBytesMax, catalogueBytesMax }) =>
  emptyRedisLedger(url(), { trailBytesMax: blockBytesMax, catalogueBytesMax }),
);
sessionsConformance('a Redis Cluster', async (eventsPerSessionMax) => ({
  ledger: await emptyRedisLedger(url(), { eventsPerSessionMax }),
  pass,
}));
retriesConformance('a Redis Cluster', async (retryBytesMax) => ({
  ledger: await emptyRedisLedger(url(), { retryBytesMax }),
  pass,
}));
