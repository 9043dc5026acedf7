import type { CompiledRules } from './compiled-rules.js';
import type { Subject } from './subject.js';
import type { Verdict } from './verdict.js';

/** All rules about the result of one round, as one. */
export interface RoundJudge {
  /** What is said against adding this award to those taken so far, the binding verdict first. */
  readonly judge: (subject: Subject, quantity: number) => readonly Verdict[];
  readonly take: (subject: Subject, quantity: number) => void;
}

export function startRound({ awardRules }: CompiledRules): RoundJudge {
  const judges = awardRules.map(({ start }) => start());
  return {
    judge: (subject, quantity) => judges.flatMap(({ judge }) => judge(subject, quantity) ?? []),
    take: (subject, quantity) => {
      for (const { take } of judges) take(subject, quantity);
    },
  };
}
