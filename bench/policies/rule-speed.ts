import { attributeNames } from '../../src/policy/attribute-layout.js';
import { compilePolicies } from '../../src/policy/compile-policies.js';
import { judgeBid } from '../../src/policy/judge-bid.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import type { Setting, Subject } from '../../src/policy/subject.js';
import { POLICY } from './documents.js';

/** How many bids a core checks in a second, each against the ten rules of the policy. */
export interface RuleSpeed {
  readonly compiled: number;
  /** The same conditions written by hand as one function, as a person would who has only this policy. */
  readonly byHand: number;
}

type Check = (subject: Subject) => boolean;

const SUBJECTS = 1024;
const SETTING: Setting = {
  lot: { id: 'lot-1', floorMicros: 500_000, quantity: 1 },
  round: { id: 'r1', format: 'second-price', currency: 'USD', bids: 20 },
};

/** Both in turn, several times; the median of each. `milliseconds` is how long one turn takes. */
export function measureRuleSpeed(turns: number, milliseconds: number): RuleSpeed {
  const { compiled, byHand, subjects } = contestants();
  const speeds: { compiled: number[]; byHand: number[] } = { compiled: [], byHand: [] };
  for (let turn = 0; turn <= turns; turn++) {
    const [ours, theirs] = [compiled, byHand].map((check) => speedOf(check, subjects, milliseconds));
    // The first turn is for the compiler of the engine.
    if (turn === 0) continue;
    speeds.compiled.push(ours!);
    speeds.byHand.push(theirs!);
  }
  return { compiled: median(speeds.compiled), byHand: median(speeds.byHand) };
}

function contestants() {
  const reading = readPolicy(POLICY);
  if ('faults' in reading) throw new Error(reading.faults[0]?.message);
  const policies = [{ name: 'house', version: 1, document: reading.document }];
  const layout = attributeNames(policies);
  const rules = compilePolicies(policies, layout);
  const compiled: Check = (subject) => judgeBid(rules, subject, SETTING).length === 0;
  const byHand = handWritten(layout);
  const subjects = Array.from({ length: SUBJECTS }, (_, index) => subjectOf(index, layout.length));
  const differs = subjects.find((subject) => compiled(subject) !== byHand(subject));
  if (differs !== undefined) throw new Error(`the rules differ about ${JSON.stringify(differs)}`);
  return { compiled, byHand, subjects };
}

function speedOf(check: Check, subjects: readonly Subject[], milliseconds: number): number {
  const started = process.cpuUsage();
  let passed = 0;
  let checked = 0;
  let spentMicros: number;
  do {
    for (const subject of subjects) passed += Number(check(subject));
    checked += subjects.length;
    const { user, system } = process.cpuUsage(started);
    spentMicros = user + system;
  } while (spentMicros < milliseconds * 1000);
  if (passed === 0) throw new Error('no bid passes the rules');
  return (checked / spentMicros) * 1e6;
}

/** Bids of many kinds; nearly all of them keep every rule, as in practice. */
function subjectOf(index: number, width: number): Subject {
  return {
    seat: `seat-${10 + (index % 30)}`,
    seller: index % 2 === 0 ? 'north-press' : 'south-press',
    dealId: undefined,
    lotId: 'lot-1',
    priceMicros: 600_000 + 1000 * index,
    quantity: 1,
    domains: [`advertiser-${index % 70}.example`],
    categories: [`IAB${1 + (index % 25)}-${1 + (index % 9)}`],
    attributes: Float64Array.from({ length: width }, (_, place) => ((index * (place + 7)) % 997) / 997),
  };
}

function handWritten(layout: readonly string[]): Check {
  const [completion, dwell, viewability] = ['completion', 'dwell', 'viewability'].map((name) =>
    layout.indexOf(name),
  );
  const clicks = layout.indexOf('clicks');
  const [seats, cap, , , names] = [
    new Set<string>(POLICY.rules[2].seats),
    25e6,
    0,
    0,
    new Set(POLICY.rules[4].domains),
  ];
  const isBlocked = (name: string) =>
    name.split('.').some((_, at, labels) => names.has(labels.slice(at).join('.')));
  return ({ priceMicros, seat, seller, domains, categories, attributes }) =>
    priceMicros <= cap &&
    priceMicros >= 100_000 &&
    !seats.has(seat) &&
    (seller === 'north-press' || seller === 'south-press') &&
    !domains.some(isBlocked) &&
    !categories.some((name) => name === 'IAB7-39' || name === 'IAB26' || name.startsWith('IAB26-')) &&
    attributes[viewability!]! >= 0.03 &&
    attributes[completion!]! >= 0.03 &&
    attributes[dwell!]! >= 0.03 &&
    (priceMicros < 20e6 || attributes[clicks]! > 0.01);
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)]!;
}
