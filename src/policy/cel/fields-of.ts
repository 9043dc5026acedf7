import type { CelRule } from './check/check-cel.js';
import { CEL_FIELDS } from './fields.js';
import { askedAttributeOf, attributeOf, type CelNode, childrenOf, pathOf } from './syntax.js';

/** What a rule reads, each in the order of its first use. `attributes` is what a layout has to hold at least. */
export interface CelReads {
  readonly fields: readonly string[];
  readonly attributes: readonly string[];
}

export function fieldsOf({ root }: CelRule): CelReads {
  const fields = new Set<string>();
  const attributes = new Set<string>();
  collect(root, fields, attributes);
  return { fields: [...fields], attributes: [...attributes] };
}

function collect(node: CelNode, fields: Set<string>, attributes: Set<string>): void {
  const path = pathOf(node) ?? '';
  if (CEL_FIELDS.has(path)) fields.add(path);
  const attribute = attributeOf(node) ?? askedAttributeOf(node);
  if (attribute !== undefined) attributes.add(attribute);
  else for (const child of childrenOf(node)) collect(child, fields, attributes);
}
