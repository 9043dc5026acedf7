import { verdictOn } from '../pairs.js';
import type { Part } from '../part.js';
import type { Verdict } from '../report/reaches.js';
import { measurePolicies, type PolicyFigures } from './measure-policies.js';

const SPEED_MIN = 3;
const CPU_MAX = 1.25;
const CHANGE_MAX = 2;

export const POLICIES: Part = {
  name: 'policies',
  measure: async (turns, conditions, signal) => {
    const figures = await measurePolicies(turns, conditions, signal);
    return { figures, text: format(figures), verdicts: judge(figures) };
  },
};

function format({ turns, ruleSpeed, cpuMicros, p99Ms, versionsPublished }: PolicyFigures): string {
  const millions = (speed: number) => (speed / 1e6).toFixed(2);
  return [
    `policies (turns: ${turns})`,
    `  ten rules compiled       ${millions(ruleSpeed.compiled)} million bids/s a core; by hand ${millions(ruleSpeed.byHand)}`,
    `  20 bids without rules    ${cpuMicros.without.toFixed(0)} CPU µs/round`,
    `  under policy and profile ${cpuMicros.under.toFixed(0)} CPU µs/round`,
    `  p99 while nothing changes ${p99Ms.quiet.toFixed(1)} ms; while ${versionsPublished} versions came in ${p99Ms.changing.toFixed(1)} ms; no round lost`,
    '',
  ].join('\n');
}

function judge({ ruleSpeed, cpuRatios, changeRatios }: PolicyFigures): readonly Verdict[] {
  const speed = ruleSpeed.compiled / 1e6;
  return [
    verdictOn('policies, ten rules', 'million bids/s a core', ['at least', SPEED_MIN], [speed]),
    verdictOn(
      'policies, 20 bids',
      'times the CPU of the same round without',
      ['at most', CPU_MAX],
      cpuRatios,
    ),
    verdictOn('policies, changing', 'times the p99 of quiet turns', ['at most', CHANGE_MAX], changeRatios),
  ];
}
