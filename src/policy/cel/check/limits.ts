import { EXPRESSION_LENGTH_MAX } from '../../../schema/policy.js';

/** How large a rule in CEL may be. Together they bound what checking and evaluating it can cost. */
export const CEL_LIMITS = {
  lengthMax: EXPRESSION_LENGTH_MAX,
  /** Nodes of the syntax tree: each literal, field, operator and call is one. */
  nodesMax: 500,
  /** How deep the tree may nest; a chain of n equal operators nests n deep. */
  depthMax: 64,
  /** Steps of one evaluation at worst, every list being as long as the wire allows. */
  stepsMax: 5000,
} as const;
