import type { Engine } from '../../app.js';
import { referenceTo } from '../../schema/catalogue.js';
import type { MarketRound } from '../../sim/market.js';
import { UsageError } from '../terminal.js';
import { clearRounds } from './clearing.js';
import { ATTENTION, type Document, HOUSE, TIGHTER_HOUSE } from './house.js';
import { OUTWEIGHED, STOPPED } from './ruled-rounds.js';
import { tellRound } from './telling.js';

/** A policy and a profile at work; then a tighter version of the policy, and the first round word for word again. */
export async function tellUnderRules(engine: Engine): Promise<readonly string[]> {
  return [
    'That was one round of each format. Three more stand under rules; a media buyer publishes:',
    await publish(engine, HOUSE),
    await publish(engine, ATTENTION),
    ...(await clearAndTell(engine, STOPPED)),
    ...(await clearAndTell(engine, OUTWEIGHED)),
    '',
    'The buyer publishes a tighter policy, and the first of these rounds comes again, word for word:',
    await publish(engine, TIGHTER_HOUSE),
    ...(await clearAndTell(engine, STOPPED)),
  ];
}

async function publish(engine: Engine, { kind, name, document }: Document): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(document));
  const publishing = await engine.publish({ kind, name, bytes, expected: undefined });
  if ('refusal' in publishing) {
    const { code, message } = publishing.refusal;
    throw new UsageError(`The engine refused a ${kind} of the demo: ${code}. ${message}`);
  }
  return `  ${kind} ${referenceTo(name, publishing.version)}: ${document.description ?? ''}`;
}

async function clearAndTell(engine: Engine, round: MarketRound): Promise<readonly string[]> {
  const { rounds } = await clearRounds(engine, [round]);
  return rounds.flatMap((decided) => ['', ...tellRound(decided)]);
}
