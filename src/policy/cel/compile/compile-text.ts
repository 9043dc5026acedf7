import { choice, type Compiler, strictly } from './compiler.js';
import { CEL_FIELDS } from '../fields.js';
import type { Reading } from '../frame.js';
import { type CelNode, pathOf, textLiteralOf } from '../syntax.js';

export function compileText(node: CelNode, compiler: Compiler): Reading<string> | undefined {
  const literal = textLiteralOf(node);
  if (literal !== undefined) return () => literal;
  if (node.op === 'id') return compiler.variable(node.args);
  if (node.op === '.') return textField(node);
  if (node.op === '?:')
    return choice(compiler.logic(node.args[0]), compiler.text(node.args[1]), compiler.text(node.args[2]));
  if (node.op !== '+') return undefined;
  const [left, right] = [compiler.text(node.args[0]), compiler.text(node.args[1])];
  if (left === undefined || right === undefined) return undefined;
  return strictly(left, right, (head, tail) => head + tail);
}

function textField(node: CelNode): Reading<string> | undefined {
  const field = CEL_FIELDS.get(pathOf(node) ?? '');
  return field?.type === 'string' ? field.read : undefined;
}
