import { generateRounds } from '../generate-rounds.js';
import type { RunningServer } from '../launch-server.js';
import { alternate, middleOfSide, type Pairs, ratiosOf } from '../pairs.js';
import type { Conditions } from '../run-group.js';
import { takeTurn, type TurnConditions, warm } from '../take-turn.js';
import { POLICY } from './documents.js';
import { launchRuled, publish, underRules } from './ruled-server.js';
import { measureRuleSpeed, type RuleSpeed } from './rule-speed.js';

export interface PolicyFigures {
  readonly turns: number;
  readonly ruleSpeed: RuleSpeed;
  /** CPU of a round under policy and profile over that of the same round without, turn by turn. */
  readonly cpuRatios: readonly number[];
  readonly cpuMicros: { readonly without: number; readonly under: number };
  /** The 99th percentile while a version is published every so often over that of the turn before. */
  readonly changeRatios: readonly number[];
  readonly p99Ms: { readonly quiet: number; readonly changing: number };
  readonly versionsPublished: number;
}

const BIDS = 20;
const CHANGE_EVERY_MS = 100;
const RULE_TURNS = 7;
const RULE_TURN_MS = 300;

/** Rules alone, rounds under rules, and rounds while the rules change: all on one server and in turn. */
export async function measurePolicies(
  turns: number,
  conditions: Conditions,
  signal: AbortSignal,
): Promise<PolicyFigures> {
  const ruleSpeed = measureRuleSpeed(RULE_TURNS, RULE_TURN_MS);
  const rounds = generateRounds(BIDS, conditions.bodies, conditions.seed);
  const plain = { connections: conditions.connections, bodies: rounds.bodies, signal };
  const ruled = { ...plain, bodies: underRules(rounds) };
  const server = await launchRuled();
  try {
    for (const load of [plain, ruled]) await warm(server, conditions.warmSeconds, load);
    const cost = await alternate(turns, [
      () => takeTurn(server, conditions.seconds, plain),
      () => takeTurn(server, conditions.seconds, ruled),
    ]);
    let published = 0;
    const change = await alternate(turns, [
      () => takeTurn(server, conditions.seconds, ruled),
      async () => {
        const { turn, versions } = await takeChangingTurn(server, conditions.seconds, ruled);
        published += versions;
        return turn;
      },
    ]);
    return {
      turns,
      ruleSpeed,
      ...figuresOf(cost, change),
      versionsPublished: published,
    };
  } finally {
    await server.stop();
  }
}

/** A load fails at the first answer that is not a success, so a turn that ends has lost no round. */
async function takeChangingTurn(server: RunningServer, seconds: number, load: TurnConditions) {
  let versions = 0;
  let under: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    versions++;
    under = under.then(() => publish(server, 'policies/house', versionOf(versions, Date.now())));
  }, CHANGE_EVERY_MS);
  try {
    return { turn: await takeTurn(server, seconds, load), versions };
  } finally {
    clearInterval(timer);
    await under;
  }
}

/** The same rules, and another sentence: a new version that decides alike. */
function versionOf(number: number, startedAt: number) {
  return { description: `version ${number} of ${startedAt}`, ...POLICY };
}

function figuresOf(cost: Pairs, change: Pairs) {
  return {
    cpuRatios: ratiosOf(cost, 'cpuMicrosPerRound'),
    cpuMicros: {
      without: middleOfSide(cost, 0, 'cpuMicrosPerRound'),
      under: middleOfSide(cost, 1, 'cpuMicrosPerRound'),
    },
    changeRatios: ratiosOf(change, 'p99Ms'),
    p99Ms: { quiet: middleOfSide(change, 0, 'p99Ms'), changing: middleOfSide(change, 1, 'p99Ms') },
  };
}
