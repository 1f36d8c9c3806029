import { UserError } from '@thaw/base';

/** A UserError that shows an expression and points at the place, `at` characters into it. */
export function queryMistake(expression: string, at: number, message: string): UserError {
  return new UserError(`column ${at + 1}: ${message}\n  ${expression}\n  ${' '.repeat(at)}^`);
}
