import type { AttributePlaces } from '../attribute-places.js';
import type { CelRule } from './check/check-cel.js';
import { fieldsOf } from './fields-of.js';
import { CEL_FIELDS, type CelField, ROOTS, unitsOf } from './fields.js';
import type { CelFrame, Reading } from './frame.js';

/** The rule as the library evaluates it: the twin that the closures are held to, and the road of all other rules. */
export function interpretCel(rule: CelRule, places: AttributePlaces): Reading<boolean> {
  const attributes = placedAttributes(rule, places);
  return (frame) => {
    try {
      const value: unknown = rule.interpret(contextOf(frame, attributes));
      return typeof value === 'boolean' ? value : undefined;
    } catch {
      // The library throws what CEL calls an error, such as a missing attribute or a division by zero.
      return undefined;
    }
  };
}

type Placed = readonly (readonly [name: string, place: number])[];

/** A layout serves all policies of a round; the library is handed what the rule reads of it. */
function placedAttributes(rule: CelRule, places: AttributePlaces): Placed {
  return fieldsOf(rule).attributes.flatMap((name): Placed => {
    const place = places.get(name);
    return place === undefined ? [] : [[name, place]];
  });
}

function contextOf(frame: CelFrame, attributes: Placed): Record<string, Map<string, unknown>> {
  const context = Object.fromEntries(ROOTS.map((root) => [root, new Map<string, unknown>()]));
  for (const { root, name, field } of FIELDS) context[root]!.set(name, valueOf(field, frame));
  context['bid']!.set('attributes', attributesOf(frame, attributes));
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

function attributesOf({ subject }: CelFrame, placed: Placed): Map<string, number> {
  const said = new Map<string, number>();
  for (const [name, place] of placed) {
    const value = subject.attributes[place];
    if (value !== undefined && !Number.isNaN(value)) said.set(name, value);
  }
  return said;
}
