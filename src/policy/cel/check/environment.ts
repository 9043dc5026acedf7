import { Environment } from '@marcbachmann/cel-js';
import { fieldTypesOf, ROOTS } from '../fields.js';
import { CEL_LIMITS } from './limits.js';

/**
 * The library remembers every function name it meets, also the unknown ones, for as long as an environment lives.
 * Setting one up costs 0.2 ms, so it is shared, but only by so many rules.
 */
const RULES_PER_ENVIRONMENT = 256;

let current = declareFields();
let rulesLeft = RULES_PER_ENVIRONMENT;

/** The library with the declared fields. Which one of several equal environments it is makes no difference. */
export function celEnvironment(): Environment {
  if (rulesLeft === 0) {
    current = declareFields();
    rulesLeft = RULES_PER_ENVIRONMENT;
  }
  rulesLeft -= 1;
  return current;
}

function declareFields(): Environment {
  const environment = new Environment({
    limits: { maxAstNodes: CEL_LIMITS.nodesMax, maxDepth: CEL_LIMITS.depthMax },
  });
  for (const name of ROOTS) environment.registerVariable({ name, schema: fieldTypesOf(name) });
  return environment;
}
