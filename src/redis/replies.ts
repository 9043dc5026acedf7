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

/** Entries of a stream. */
export function entriesIn(
  reply: unknown,
): readonly { readonly id: string; readonly fields: ReadonlyMap<string, Buffer> }[] {
  return listIn(reply).map((entry) => {
    const [id, flat] = listIn(entry);
    const fields = new Map<string, Buffer>();
    const parts = listIn(flat);
    for (let at = 0; at < parts.length; at += 2) fields.set(textIn(parts[at]), bytesIn(parts[at + 1]));
    return { id: textIn(id), fields };
  });
}

export function bytesIn(reply: unknown): Buffer {
  invariant(Buffer.isBuffer(reply), 'Redis answers bytes');
  return reply;
}
