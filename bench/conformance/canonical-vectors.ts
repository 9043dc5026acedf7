import { canonicalJson } from '../../src/base/canonical-json.js';
import type { Suite } from './vector.js';

/** A JSON text and the canonical text it has to become; in hex, too, where that is given. */
export interface CanonicalPair {
  readonly name: string;
  readonly input: string;
  readonly output: Buffer;
  readonly outputHex: string | undefined;
}

export function runCanonical(folder: string, pairs: readonly CanonicalPair[]): Suite {
  const vectors = pairs.map((pair) => ({ name: pair.name, failure: failureOf(pair) }));
  return { folder, says: 'RFC 8785 canonical JSON', vectors, broken: 0 };
}

function failureOf({ input, output, outputHex }: CanonicalPair): string | undefined {
  let written: Buffer;
  try {
    written = Buffer.from(canonicalJson(JSON.parse(input)));
  } catch (error) {
    return (error as Error).message;
  }
  if (!written.equals(output)) return `it became ${written.toString()}`;
  if (outputHex === undefined || Buffer.from(outputHex.replace(/\s/g, ''), 'hex').equals(written))
    return undefined;
  return 'the bytes are not those given in hex';
}
