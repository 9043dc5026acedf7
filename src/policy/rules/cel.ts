import { judgesBids } from './declare-kind.js';

/** The language has a folder of its own; here its rules only get their place among the others. */
export const cel = judgesBids('cel', (_rule, _speak, { layout, compileCel }, placed) =>
  compileCel(placed, { attributes: layout }),
);
