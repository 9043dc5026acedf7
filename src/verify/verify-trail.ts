import { type Block, readBlock } from './block.js';
import { type Line, linesOf } from './lines.js';
import { type Demands, LogCheck, type Misfit } from './log-check.js';

export const FIRST_LINE = '{"format":"parley-trail","version":1}';
const LAST_LINE_BEGINS = '{"blocks":';

export interface Totals {
  readonly logs: number;
  readonly blocks: number;
}

/**
 * Checks an exported trail from its first line to its last, with nothing but public keys. `tell` is given each log
 * that fits when it ends.
 */
export async function verifyTrail(
  pieces: AsyncIterable<Uint8Array>,
  demands: Demands,
  tell: (log: LogCheck) => void,
): Promise<Totals | Misfit> {
  const trail = new TrailCheck(demands, tell);
  for await (const line of linesOf(pieces)) {
    const misfit = trail.take(line);
    if (misfit !== undefined) return misfit;
  }
  return trail.end() ?? trail;
}

/** Logs stand in the order of their names, one after the other, so that none has to be remembered. */
class TrailCheck implements Totals {
  logs = 0;
  blocks = 0;
  #lines = 0;
  #isWhole = false;
  #log: LogCheck | undefined;
  readonly #demands: Demands;
  readonly #tell: (log: LogCheck) => void;

  constructor(demands: Demands, tell: (log: LogCheck) => void) {
    this.#demands = demands;
    this.#tell = tell;
  }

  take(line: Line): Misfit | undefined {
    this.#lines++;
    if ('why' in line) return this.#misfit(line.why);
    const { text } = line;
    if (this.#isWhole) return this.#misfit('there is more behind the last line');
    if (this.#lines === 1)
      return text === FIRST_LINE
        ? undefined
        : this.#misfit('this is not the first line of an exported trail');
    if (!text.startsWith(LAST_LINE_BEGINS)) return this.#takeBlock(readBlock(text));
    this.#isWhole = text === `${LAST_LINE_BEGINS}${this.blocks},"end":true,"logs":${this.logs}}`;
    return this.#isWhole
      ? undefined
      : this.#misfit(`the last line does not say ${this.blocks} blocks and ${this.logs} logs`);
  }

  end(): Misfit | undefined {
    if (!this.#isWhole) return this.#misfit('the trail is cut off: its last line is missing');
    const missing = this.#endLog();
    const [unmet] = this.#demands.held;
    if (missing !== undefined || unmet === undefined) return missing;
    const why = 'its log is not in this trail, and you hold a checkpoint of it';
    return { record: `${unmet.origin.replace('parley.log/', '')}-0-0`, why };
  }

  #takeBlock(block: Block | undefined): Misfit | undefined {
    if (block === undefined) return this.#misfit(`line ${this.#lines} is no block in its one spelling`);
    const { node, number } = block;
    if (node !== this.#log?.node) {
      if (number !== 0 || node <= (this.#log?.node ?? ''))
        return this.#misfit(`block ${number} of ${node} stands in its place`);
      const missing = this.#endLog();
      if (missing !== undefined) return missing;
      this.#log = new LogCheck(node, this.#demands);
      this.logs++;
    }
    this.blocks++;
    return this.#log.take(block);
  }

  #endLog(): Misfit | undefined {
    const missing = this.#log?.end();
    if (this.#log !== undefined && missing === undefined) this.#tell(this.#log);
    return missing;
  }

  /** The record that should have come next. */
  #misfit(why: string): Misfit {
    return this.#log?.misfit(why) ?? { record: `line ${this.#lines}`, why };
  }
}
