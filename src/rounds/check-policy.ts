import type { Static } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { keyedTieHash } from '../auction/ties.js';
import { type Refusal, refuse } from '../base/errors.js';
import type { Verdict } from '../policy/verdict.js';
import { readReference } from '../schema/catalogue.js';
import type { CHECK_VERDICTS } from '../schema/policy-check.js';
import { PolicyCheckRequest } from '../schema/policy-check.js';
import { decideRound } from './decide-round.js';
import { asciiJson } from '../base/quote.js';
import { verdictMembers } from './telling/explanation.js';
import { misfit } from './reading/misfit.js';
import { parseJson } from './reading/parse-json.js';
import type { RoundReader } from './reading/read-round.js';
import type { Round } from './round.js';
import { writeAnswer } from './telling/write-answer.js';

export type PolicyChecking = { readonly checked: string } | { readonly refusal: Refusal };

export interface CheckTools {
  readonly read: RoundReader;
  readonly tieKey: Uint8Array;
  readonly nestingMax: number;
}

type JsonObject = Record<string, unknown>;
type Check = Static<typeof PolicyCheckRequest>;

const SCHEMA = TypeCompiler.Compile(PolicyCheckRequest);
const UNNAMED = 'unnamed';

/** Tries a policy, in force or a draft, on one bid or one round. `reference` is what the address names. */
export function checkPolicy(reference: string, bytes: Buffer, tools: CheckTools): PolicyChecking {
  const parsed = parseJson(bytes, tools.nestingMax);
  if ('refusal' in parsed) return parsed;
  const { value } = parsed;
  if (!SCHEMA.Check(value)) return { refusal: misfit('INVALID_CHECK', SCHEMA.Errors(value).First()) };
  const { policy = reference, bid, round, lot = {}, currency = 'USD' } = value;
  if ((bid === undefined) === (round === undefined)) return { refusal: refuse('INVALID_CHECK') };
  const trial = underPolicy(round ?? roundAround(bid!, lot, currency), policy, reference);
  const reading = tools.read(Buffer.from(JSON.stringify(trial.request)));
  if ('refusal' in reading) return { refusal: pointingInto(reading.refusal, value, trial) };
  return {
    checked: round === undefined ? tellOfBid(reading.round) : tellOfRound(reading.round, tools.tieKey),
  };
}

/** A round in which the bid is alone and wins unless a policy stops it. */
function roundAround(bid: JsonObject, lot: JsonObject, currency: string): JsonObject {
  const { lot: id = 'lot', quantity = 1, deal } = bid;
  const deals = deal === undefined ? {} : { deals: [{ id: deal }] };
  return {
    format: 'first-price',
    currency,
    lots: [{ quantity, ...deals, ...lot, id }],
    bids: [{ id: 'bid', ...bid, lot: id }],
  };
}

interface Trial {
  readonly request: JsonObject;
  /** Where the policies behind the first one stand in the round that was sent. */
  readonly places: readonly number[];
}

/**
 * The policy that is tried stands first, in place of other versions of itself: the same document twice is one policy,
 * and keeps the first place. What is no list of policies stays, to be refused.
 */
function underPolicy(request: JsonObject, policy: unknown, reference: string): Trial {
  const { policies = [] } = request;
  if (!Array.isArray(policies)) return { request, places: [] };
  const own = readReference(reference)?.name;
  const named: readonly unknown[] = policies;
  const isOther = (other: unknown) => typeof other !== 'string' || readReference(other)?.name !== own;
  const places = [...named.keys()].filter((place) => isOther(named[place]));
  const others = places.map((place) => named[place]);
  return { request: { ...request, explain: true, policies: [policy, ...others] }, places };
}

/** Paths of refusals point into the request of the check and not into the round that was made of it. */
function pointingInto({ code, message, path }: Refusal, check: Check, trial: Trial): Refusal {
  if (path === undefined) return refuse(code, message);
  const moved = pathInto(path, check, trial);
  const named = `${path}: `;
  const told = message.startsWith(named) ? `${moved}: ${message.slice(named.length)}` : message;
  return refuse(code, told, moved);
}

/** Undefined without a draft: then it is the address that names what does not exist. */
function pathInto(path: string, { policy, round, lot = {} }: Check, { places }: Trial): string | undefined {
  const [, place, rest = ''] = /^\/policies\/(\d+)(.*)$/.exec(path) ?? [];
  if (place === '0') return policy === undefined ? undefined : `/policy${rest}`;
  if (place !== undefined) return `/round/policies/${places[Number(place) - 1]!}${rest}`;
  return round === undefined ? ofBid(path, lot) : `/round${path}`;
}

/** What the lot took from the bid is the bid's. */
function ofBid(path: string, lot: JsonObject): string {
  if (path === '/lots/0/id') return '/bid/lot';
  if (path === '/lots/0/quantity' && !('quantity' in lot)) return '/bid/quantity';
  if (path.startsWith('/lots/0/deals/') && !('deals' in lot)) return '/bid/deal';
  return path.replace(/^\/bids\/0/, '/bid').replace(/^\/lots\/0/, '/lot');
}

function tellOfBid(round: Round): string {
  const bid = round.lots[0]!.bids[0]!;
  const verdicts = decideRound(round, () => '').verdicts.get(bid) ?? [];
  return `{"policy":${policyOf(round)},"verdict":"${bindingEffect(verdicts)}","verdicts":${asciiJson(verdicts.map(verdictMembers))}}`;
}

function tellOfRound(round: Round, tieKey: Uint8Array): string {
  const id = round.id ?? UNNAMED;
  const decision = decideRound(round, keyedTieHash(tieKey, id));
  return `{"policy":${policyOf(round)},"round":${writeAnswer(id, round, decision)}}`;
}

function policyOf({ ruling }: Round): string {
  return asciiJson(ruling.policies[0]?.reference);
}

function bindingEffect([binding]: readonly Verdict[]): (typeof CHECK_VERDICTS)[number] {
  return binding?.effect ?? 'allow';
}
