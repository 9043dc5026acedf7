import { soundCel } from '../cel/check/checked-rules.js';
import { compileCel } from '../cel/compile/compile-cel.js';
import { type CelExplainer, explainCel } from '../cel/explain-cel.js';
import { frameMaker } from '../cel/frame.js';
import { judgesBids } from './declare-kind.js';

/** A condition in CEL. What it says about a bid that fails is prepared at the first one: most rules never meet one. */
export const cel = judgesBids('cel', (rule, speak, places) => {
  const sound = soundCel(rule);
  const isMet = compileCel(sound, places);
  const frameOf = frameMaker();
  let explain: CelExplainer | undefined;
  return (subject, setting) => {
    const frame = frameOf(subject, setting);
    if (isMet(frame)) return undefined;
    explain ??= explainCel(sound, places);
    const { field, limit, value } = explain(frame);
    return speak(field, limit, value);
  };
});
