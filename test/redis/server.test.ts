import { ledgerConformance } from '../support/ledger-conformance.js';
import { redisForThisFile } from '../support/redis.js';
import { emptyRedisLedger } from '../support/redis-ledger.js';
import { retriesConformance } from '../support/retries-conformance.js';
import { sessionsConformance } from '../support/sessions-conformance.js';

const url = redisForThisFile();
/** Redis forgets by itself, a little later. */
const pass = (): void => undefined;

ledgerConformance('one Redis', ({ blockBytesMax, catalogueBytesMax }) =>
  emptyRedisLedger(url(), { trailBytesMax: blockBytesMax, catalogueBytesMax }),
);
sessionsConformance('one Redis', async (eventsPerSessionMax) => ({
  ledger: await emptyRedisLedger(url(), { eventsPerSessionMax }),
  pass,
}));
retriesConformance('one Redis', async (retryBytesMax) => ({
  ledger: await emptyRedisLedger(url(), { retryBytesMax }),
  pass,
}));
