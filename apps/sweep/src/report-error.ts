import { UserError } from '@thaw/base';

/**
 * What is said about an error at the end of a program: the message alone when the user can mend it, otherwise that it is a
 * defect, with the stack when `debug` asks for it.
 */
export function errorText(error: unknown, debug: boolean): string {
  if (error instanceof UserError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  return debug
    ? `This is a defect in Thaw. ${stack}`
    : `${message}\nThis is a defect in Thaw; --log-level debug shows where it is.`;
}
