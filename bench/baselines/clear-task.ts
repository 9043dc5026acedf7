import { TypeCompiler } from '@sinclair/typebox/compiler';
import { keyedTieHash } from '../../src/auction/ties.js';
import { type Refusal, refuse } from '../../src/base/errors.js';
import { buildRound } from '../../src/rounds/reading/build-round.js';
import { NO_RULING } from '../../src/rounds/rules/ruling.js';
import { decideRound } from '../../src/rounds/decide-round.js';
import type { RoundAnswer } from '../../src/schema/answer.js';
import { roundRequestSchema } from '../../src/schema/round.js';
import { CLEARING } from '../clearing.js';
import { answerOf } from './answer-of.js';

export type TaskResult = { readonly answer: RoundAnswer } | { readonly refusal: Refusal };

const schema = TypeCompiler.Compile(roundRequestSchema(CLEARING.limits));

/** Validates and decides one round as the engine does, from an object to an object. */
export default function clearTask(request: unknown): TaskResult {
  if (!schema.Check(request)) return { refusal: refuse('INVALID_ROUND') };
  const building = buildRound(request, NO_RULING);
  if ('refusal' in building) return building;
  const { round } = building;
  const id = round.id ?? 'unnamed';
  return { answer: answerOf(id, decideRound(round, keyedTieHash(CLEARING.tieKey, id))) };
}
