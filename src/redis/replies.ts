import { invariant } from '../base/assert.js';

/** What a script answers is of no type until somebody has looked: lists, texts as bytes, and whole numbers. */
export function listIn(reply: unknown): readonly unknown[] {
  invariant(Array.isArray(reply), 'the script answers a list');
  return reply;
}

export function textIn(reply: unknown): string {
  invariant(Buffer.isBuffer(reply), 'the script answers a text');
  return reply.toString();
}

export function textsIn(reply: unknown): readonly string[] {
  return listIn(reply).map(textIn);
}

export function numberIn(reply: unknown): number {
  invariant(typeof reply === 'number', 'the script answers a number');
  return reply;
}
