import type { Config } from './read-config.js';

/** A session waits for a few instants at once: its own end, and that of the step it is in. */
const DEADLINES_PER_SESSION = 4;
/** The one at hand and the one before: the embedded ledger has one node. */
const EMBEDDED_LOGS = 2;

/** How much a ledger keeps. */
export function ledgerBounds(config: Config) {
  return {
    trailBytesMax: config.PARLEY_TRAIL_BYTES_MAX,
    logsMax: config.PARLEY_LOGS_MAX,
    catalogueBytesMax: config.PARLEY_CATALOGUE_BYTES_MAX,
    retryBytesMax: config.PARLEY_IDEMPOTENCY_BYTES_MAX,
    sessionsMax: config.PARLEY_SESSIONS_MAX,
    eventsPerSessionMax: config.PARLEY_SESSION_EVENTS_MAX,
    deadlinesMax: DEADLINES_PER_SESSION * config.PARLEY_SESSIONS_MAX,
  };
}

export function embeddedBounds(config: Config) {
  return { ...ledgerBounds(config), logsMax: EMBEDDED_LOGS };
}
