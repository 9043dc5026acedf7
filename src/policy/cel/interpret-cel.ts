import type { CelRule } from './check/check-cel.js';
import { CEL_FIELDS, type CelField, ROOTS, unitsOf } from './fields.js';
import type { CelFrame, Reading } from './frame.js';

/** The rule as the library evaluates it: the twin that the closures are held to, and the road of all other rules. */
export function interpretCel({ interpret }: CelRule, layout: readonly string[]): Reading<boolean> {
  return (frame) => {
    try {
      const value: unknown = interpret(contextOf(frame, layout));
      return typeof value === 'boolean' ? value : undefined;
    } catch {
      // The library throws what CEL calls an error, such as a missing attribute or a division by zero.
      return undefined;
    }
  };
}

function contextOf(frame: CelFrame, layout: readonly string[]): Record<string, Map<string, unknown>> {
  const context = Object.fromEntries(ROOTS.map((root) => [root, new Map<string, unknown>()]));
  for (const { root, name, field } of FIELDS) context[root]!.set(name, valueOf(field, frame));
  context['bid']!.set('attributes', attributesOf(frame, layout));
  return context;
}

const FIELDS = [...CEL_FIELDS].map(([path, field]) => {
  const [root = '', name = ''] = path.split('.');
  return { root, name, field };
});

function valueOf(field: CelField, frame: CelFrame): unknown {
  if (field.type === 'double') return unitsOf(field.micros(frame));
  return field.type === 'int' ? BigInt(field.read(frame)) : field.read(frame);
}

function attributesOf({ subject }: CelFrame, layout: readonly string[]): Map<string, number> {
  const attributes = new Map<string, number>();
  for (const [place, name] of layout.entries()) {
    const value = subject.attributes[place];
    if (value !== undefined && !Number.isNaN(value)) attributes.set(name, value);
  }
  return attributes;
}
