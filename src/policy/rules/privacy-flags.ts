import { placeOf } from '../attribute-places.js';
import { judgesBids } from './declare-kind.js';
import { compareNames } from '../verdict.js';

const TRUE = 1;
const FALSE = 0;

/** Attributes that must all be true; the first one in order that is not is the one told. */
export const privacyFlags = judgesBids('privacy-flags', (rule, speak, places) => {
  const missingIsFine = rule.missing === 'allow';
  const flags = rule.flags.toSorted(compareNames);
  const flagPlaces = flags.map((flag) => placeOf(places, flag));
  return ({ attributes }) => {
    for (let index = 0; index < flagPlaces.length; index += 1) {
      const said = attributes[flagPlaces[index]!]!;
      if (said === TRUE || (missingIsFine && Number.isNaN(said))) continue;
      return speak(`attributes.${flags[index]!}`, true, flagValue(said));
    }
    return undefined;
  };
});

function flagValue(said: number): boolean | number | null {
  if (Number.isNaN(said)) return null;
  return said === FALSE ? false : said;
}
