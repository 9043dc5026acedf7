import type { Compiler } from './compiler.js';
import { CEL_FIELDS } from '../fields.js';
import type { Reading } from '../frame.js';
import { type CelNode, pathOf, typeOf } from '../syntax.js';

/** `value in list`, where the list is one of the bid or consists of literals. */
export function compileMembership(
  value: CelNode,
  list: CelNode,
  compiler: Compiler,
): Reading<boolean> | undefined {
  if (list.op === 'list') return inLiterals(value, list.args, compiler);
  const field = CEL_FIELDS.get(pathOf(list) ?? '');
  const text = compiler.text(value);
  if (field?.type !== 'list<string>' || text === undefined) return undefined;
  const { read } = field;
  return (frame) => {
    const sought = text(frame);
    return sought === undefined ? undefined : read(frame).includes(sought);
  };
}

function inLiterals(
  value: CelNode,
  elements: readonly CelNode[],
  compiler: Compiler,
): Reading<boolean> | undefined {
  const members = new Set<unknown>();
  for (const element of elements) {
    if (element.op !== 'value') return undefined;
    members.add(typeof element.args === 'bigint' ? Number(element.args) : element.args);
  }
  const read = scalarReading(value, compiler);
  if (read === undefined) return undefined;
  return (frame) => {
    const sought = read(frame);
    return sought === undefined ? undefined : members.has(sought);
  };
}

function scalarReading(node: CelNode, compiler: Compiler): Reading<unknown> | undefined {
  const type = typeOf(node);
  if (type === 'string') return compiler.text(node);
  if (type === 'double') return compiler.double(node);
  if (type === 'int') return compiler.int(node)?.read;
  return type === 'bool' ? compiler.logic(node) : undefined;
}
