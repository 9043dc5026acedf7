import { invariant } from '../base/assert.js';
import { type Polyline, STEPS_MAX } from './compiled-profile.js';
import { stepMicrosOf } from './naive.js';

/**
 * A line taken apart into columns, one row for each corner, so that reading it needs plain doubles only. Between two
 * corners the rise per step is split into a whole part and a rest below one, rest / steps:
 *
 *     height = nanos + whole * taken + floor(rest * taken / steps)
 *
 * rest < steps and taken < steps <= 2^25, so no product reaches 2^53 and the division cannot round up to a whole.
 */
export class Table {
  private readonly inputs: Float64Array;
  private readonly nanos: Float64Array;
  private readonly stepMicros: Float64Array;
  private readonly steps: Float64Array;
  private readonly whole: Float64Array;
  private readonly rest: Float64Array;
  private readonly last: number;

  constructor({ inputs, nanos }: Polyline) {
    invariant(inputs.length > 0 && inputs.length === nanos.length, 'a line has one height for each corner');
    invariant([...inputs, ...nanos].every(Number.isSafeInteger), 'corners are whole micros and nanos');
    this.last = inputs.length - 1;
    this.inputs = Float64Array.from(inputs);
    this.nanos = Float64Array.from(nanos);
    this.stepMicros = new Float64Array(inputs.length).fill(1);
    this.steps = new Float64Array(inputs.length).fill(1);
    this.whole = new Float64Array(inputs.length);
    this.rest = new Float64Array(inputs.length);
    for (let corner = 0; corner < this.last; corner++) this.measure(corner);
  }

  /** The height of the line at an input in micros. */
  at(input: number): number {
    const corner = this.cornerBefore(input);
    if (corner === -1) return this.nanos[0]!;
    return this.height(corner, Math.floor((input - this.inputs[corner]!) / this.stepMicros[corner]!));
  }

  /**
   * Of a line that never falls: the smallest input at which it is at least `nanos` high. Minus infinity when it is
   * that high everywhere, infinity when nowhere.
   */
  firstReaching(nanos: number): number {
    if (this.nanos[0]! >= nanos) return -Infinity;
    if (this.nanos[this.last]! < nanos) return Infinity;
    const end = this.cornerReaching(nanos);
    const taken = this.stepsReaching(end - 1, nanos);
    return Math.min(this.inputs[end - 1]! + taken * this.stepMicros[end - 1]!, this.inputs[end]!);
  }

  private height(corner: number, taken: number): number {
    const rest = this.rest[corner]!;
    const whole = this.nanos[corner]! + this.whole[corner]! * taken;
    return rest === 0 ? whole : whole + Math.floor((rest * taken) / this.steps[corner]!);
  }

  /**
   * The fewest steps after a corner that reach a height. The quotient is off by one at most, for a double carries far
   * more digits than there are steps; the line itself then says which neighbour is right.
   */
  private stepsReaching(corner: number, nanos: number): number {
    const risePerStep = this.whole[corner]! + this.rest[corner]! / this.steps[corner]!;
    const steps = this.steps[corner]!;
    let taken = Math.min(Math.ceil((nanos - this.nanos[corner]!) / risePerStep), steps);
    while (this.height(corner, taken - 1) >= nanos) taken--;
    while (taken < steps && this.height(corner, taken) < nanos) taken++;
    return taken;
  }

  private measure(corner: number): void {
    const length = this.inputs[corner + 1]! - this.inputs[corner]!;
    invariant(length >= 0, 'the corners of a line stand by rising input');
    if (length === 0) return;
    const stepMicros = stepMicrosOf(length);
    const steps = Math.ceil(length / stepMicros);
    const rise = this.nanos[corner + 1]! - this.nanos[corner]!;
    const whole = Math.floor(rise / steps);
    invariant(
      steps <= STEPS_MAX && Number.isSafeInteger(rise),
      'a piece of a line is short enough to be exact',
    );
    this.stepMicros[corner] = stepMicros;
    this.steps[corner] = steps;
    this.whole[corner] = whole;
    this.rest[corner] = rise - whole * steps;
  }

  /** The last corner at or before an input; -1 when there is none. */
  private cornerBefore(input: number): number {
    let low = -1;
    let high = this.last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.inputs[middle]! <= input) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The first corner that is at least this high, of a line that never falls and gets there. */
  private cornerReaching(nanos: number): number {
    let low = 0;
    let high = this.last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.nanos[middle]! >= nanos) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
