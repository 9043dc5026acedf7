import { leavesOf } from '../../trail/retention.js';
import type { KeptBlock } from '../ledger-port.js';

/**
 * Blocks as lines of an exported trail. There is one spelling: canonical JSON (RFC 8785), and `verify` takes no other.
 * The leaf hashes beside whole records are what lets it name the record that does not fit.
 *
 *     {"format":"parley-trail","version":1}
 *     {"body":...,"checkpoint":...,"header":...,"leaves":...,"node":...,"number":0,"retention":"full"}
 *     {"body":...,"checkpoint":...,"header":...,"node":...,"number":1,"retention":"digest"}
 *     {"checkpoint":...,"header":...,"node":...,"number":2,"trimmed":true}
 *     {"blocks":3,"end":true,"logs":1}
 */
export const FIRST_LINE = '{"format":"parley-trail","version":1}\n';

/** Says what has to be there, so that a file that was cut off at the end of a line is not taken for a whole one. */
export function lastLine(blocks: number, logs: number): string {
  return `{"blocks":${blocks},"end":true,"logs":${logs}}\n`;
}

export function blockLine(block: KeptBlock): string {
  const { header, checkpoint, node, number } = block;
  if (block.body === undefined)
    return `${JSON.stringify({ checkpoint, header, node, number, trimmed: true })}\n`;
  const { retention } = block;
  if (retention === 'digest') {
    const body = block.body.toString('base64');
    return `${JSON.stringify({ body, checkpoint, header, node, number, retention })}\n`;
  }
  const body = block.body.toString();
  const leaves = Buffer.concat(leavesOf(block.body, retention)).toString('base64');
  return `${JSON.stringify({ body, checkpoint, header, leaves, node, number, retention })}\n`;
}
