/** Why an expression is not a rule, and where. */
export interface CelFault {
  readonly code: CelFaultCode;
  /** One sentence for the person who wrote the rule. */
  readonly reason: string;
  /** UTF-16 units before the place. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

export const CEL_FAULT_CODES = [
  'TOO_LONG',
  'TOO_LARGE',
  'TOO_DEEP',
  'TOO_COSTLY',
  'SYNTAX',
  'UNKNOWN_FIELD',
  'UNKNOWN_FUNCTION',
  'NOT_ALLOWED',
  'WRONG_TYPE',
] as const;
export type CelFaultCode = (typeof CEL_FAULT_CODES)[number];

export function celFault(code: CelFaultCode, reason: string, expression: string, offset: number): CelFault {
  const before = expression.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { code, reason, offset, line: before.split('\n').length, column: offset - lineStart + 1 };
}
