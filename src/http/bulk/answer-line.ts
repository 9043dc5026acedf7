import type { RoundReply } from '../../engine/round-reply.js';
import { problemOf } from '../send-refusal.js';

/** How the answers of a stream are written. */
export interface AnswerForm {
  readonly requestId: string;
  /** Whether each answer names its record: a header cannot say it for a line. */
  readonly withRecords: boolean;
}

/** What a single round would be answered with, as one line; a refusal says which line it is about. */
export function answerLine(line: number, reply: RoundReply, { requestId, withRecords }: AnswerForm): string {
  if ('refusal' in reply) return `${JSON.stringify({ line, ...problemOf(reply.refusal, requestId) })}\n`;
  // An answer is ASCII.
  const answer = reply.answer.toString('latin1');
  if (!withRecords || reply.recordId === undefined) return `${answer}\n`;
  return `${answer.slice(0, -1)},"record":"${reply.recordId}"}\n`;
}
