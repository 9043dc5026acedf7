import type { AttributePlaces } from '../../attribute-places.js';
import type { CelRule } from '../check/check-cel.js';
import { compileLogic } from './compile-logic.js';
import { compileDouble, compileInt } from './compile-number.js';
import { compileText } from './compile-text.js';
import type { Compiler } from './compiler.js';
import type { CelFrame, Reading } from '../frame.js';
import { interpretCel } from '../interpret-cel.js';

/** Whether a bid meets the rule. An error, such as a missing attribute that decides, does not meet it. */
export type CelPredicate = (frame: CelFrame) => boolean;

export function compileCel(rule: CelRule, places: AttributePlaces): CelPredicate {
  const read = closureOf(rule, places) ?? interpretCel(rule, places);
  return (frame) => read(frame) === true;
}

/** The rule as closures; undefined where it uses more of the language than they cover. */
export function closureOf(rule: CelRule, places: AttributePlaces): Reading<boolean> | undefined {
  return compilerFor(places).logic(rule.root);
}

export function compilerFor(places: AttributePlaces): Compiler {
  return compilerWith(places, new Map());
}

function compilerWith(places: AttributePlaces, variables: ReadonlyMap<string, Reading<string>>): Compiler {
  const compiler: Compiler = {
    placeOf: (attribute) => places.get(attribute),
    logic: (node) => compileLogic(node, compiler),
    double: (node) => compileDouble(node, compiler),
    int: (node) => compileInt(node, compiler),
    text: (node) => compileText(node, compiler),
    variable: (name) => variables.get(name),
    withVariable: (name, read) => compilerWith(places, new Map([...variables, [name, read]])),
  };
  return compiler;
}
