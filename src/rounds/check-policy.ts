import { TypeCompiler } from '@sinclair/typebox/compiler';
import { keyedTieHash } from '../auction/ties.js';
import { type Refusal, refuse } from '../base/errors.js';
import type { Verdict } from '../policy/verdict.js';
import { readReference } from '../schema/catalogue.js';
import type { CHECK_VERDICTS } from '../schema/policy-check.js';
import { PolicyCheckRequest } from '../schema/policy-check.js';
import { decideRound } from './decide-round.js';
import { asciiJson, verdictMembers } from './telling/explanation.js';
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
  const request = round ?? roundAround(bid!, lot, currency);
  const reading = tools.read(Buffer.from(JSON.stringify(underPolicy(request, policy, reference))));
  if ('refusal' in reading)
    return { refusal: pointingInto(reading.refusal, round === undefined ? 'bid' : 'round') };
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

/** The policy that is tried stands last, in place of other versions of itself. */
function underPolicy(request: JsonObject, policy: unknown, reference: string): JsonObject {
  const own = readReference(reference)?.name;
  const named = Array.isArray(request['policies']) ? (request['policies'] as readonly unknown[]) : [];
  const others = named.filter((other) => typeof other !== 'string' || readReference(other)?.name !== own);
  return { ...request, explain: true, policies: [...others, policy] };
}

/** Paths of refusals point into the request of the check and not into the round that was made of it. */
function pointingInto(refusal: Refusal, member: 'bid' | 'round'): Refusal {
  const { code, message, path = '' } = refusal;
  const ofPolicy = /^\/policies\/\d+(.*)$/.exec(path);
  if (ofPolicy !== null) return refuse(code, message, `/policy${ofPolicy[1]!}`);
  if (member === 'round') return refuse(code, message, `/round${path}`);
  return refuse(code, message, path.replace(/^\/bids\/0/, '/bid').replace(/^\/lots\/0/, '/lot'));
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
  return asciiJson(ruling.policies.at(-1)?.reference);
}

function bindingEffect([binding]: readonly Verdict[]): (typeof CHECK_VERDICTS)[number] {
  return binding?.effect ?? 'allow';
}
