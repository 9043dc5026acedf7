import { placeOf } from '../attribute-places.js';
import { judgesBids } from './declare-kind.js';

/** A required range of one attribute: a service level, viewability, latency, brand safety. */
export const attributeRange = judgesBids('attribute-range', (rule, speak, places) => {
  const { attribute, min = -Infinity, max = Infinity, missing = 'deny' } = rule;
  const at = placeOf(places, attribute);
  const field = `attributes.${attribute}`;
  return ({ attributes }) => {
    const value = attributes[at]!;
    if (value >= min && value <= max) return undefined;
    if (value < min) return speak(field, min, value);
    if (value > max) return speak(field, max, value);
    return missing === 'allow' ? undefined : speak(field, rule.min ?? rule.max ?? null, null);
  };
});
