import { TypeCompiler } from '@sinclair/typebox/compiler';
import { TrailBlockLine } from '../../schema/trail-block.js';
import type { TrailBlock } from './trail-source.js';

const SCHEMA = TypeCompiler.Compile(TrailBlockLine);

/** The block in a line of an export; the inverse of trail/block-line.ts. @throws when there is none in it. */
export function readBlockLine(line: string): TrailBlock {
  const value: unknown = JSON.parse(line);
  if (!SCHEMA.Check(value)) throw new SyntaxError('this is no block of an exported trail');
  const { node, number, retention, body } = value;
  if (retention === undefined || body === undefined) return { node, number, kept: undefined };
  const bytes = Buffer.from(body, retention === 'digest' ? 'base64' : 'utf8');
  return { node, number, kept: { retention, body: bytes } };
}

/** Whether a line says where an export begins or ends. */
export function isFrame(line: string): boolean {
  return line.startsWith('{"format":') || line.startsWith('{"blocks":');
}

/** Whether a line is the last one of an export. */
export function isEnd(line: string): boolean {
  return line.startsWith('{"blocks":');
}
