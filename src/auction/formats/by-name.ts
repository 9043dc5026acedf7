import type { FormatName } from '../../schema/round.js';
import { firstPrice } from './first-price.js';
import { fixedPrice } from './fixed-price.js';
import type { Format } from './format.js';
import { gsp } from './gsp.js';
import { secondPrice } from './second-price.js';
import { uniformPrice } from './uniform-price.js';
import { vcg } from './vcg.js';

/** Every format of the wire has its rule set here; the compiler refuses a name without one. */
export const FORMATS: { readonly [Name in FormatName]: Format & { readonly name: Name } } = {
  'first-price': firstPrice,
  'second-price': secondPrice,
  'fixed-price': fixedPrice,
  'uniform-price': uniformPrice,
  gsp,
  vcg,
};
