import type { Compiler } from './compiler.js';
import { CEL_FIELDS } from '../fields.js';
import type { CelFrame, Reading } from '../frame.js';
import { type CelNode, pathOf } from '../syntax.js';

/** `all` ends at the first name that is false, `exists` at the first that is true; until then an error waits. */
const ENDS_AT: ReadonlyMap<string, boolean> = new Map([
  ['all', false],
  ['exists', true],
]);

/** A macro over a list of the bid. */
export function compileQuantifier(
  [name, list, given]: [string, CelNode, CelNode[]],
  compiler: Compiler,
): Reading<boolean> | undefined {
  const end = ENDS_AT.get(name);
  const [variable, predicate] = given;
  const field = CEL_FIELDS.get(pathOf(list) ?? '');
  if (end === undefined || variable?.op !== 'id' || predicate === undefined) return undefined;
  if (field?.type !== 'list<string>') return undefined;
  // Evaluation is synchronous and a macro is never inside itself, so one place is enough for the name at hand.
  const walk = { name: '' };
  const holds = compiler.withVariable(variable.args, () => walk.name).logic(predicate);
  return holds === undefined ? undefined : quantified(field.read, holds, { walk, end });
}

function quantified(
  read: (frame: CelFrame) => readonly string[],
  holds: Reading<boolean>,
  { walk, end }: { readonly walk: { name: string }; readonly end: boolean },
): Reading<boolean> {
  return (frame) => {
    let failed = false;
    for (const name of read(frame)) {
      walk.name = name;
      const held = holds(frame);
      if (held === end) return end;
      failed ||= held === undefined;
    }
    return failed ? undefined : !end;
  };
}
