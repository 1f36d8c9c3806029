import { UserError } from '@thaw/base';
import { inWords } from '../api/remedy-words.ts';

/** What is said at the end of the program: the message alone when the user can mend it, else that it is a defect, and with `debug` where. */
export function errorMessage(error: unknown, debug: boolean): string {
  if (error instanceof UserError) return inWords(error);
  const message = error instanceof Error ? error.message : String(error);
  if (!debug) return `${message}\nThis is a defect in Thaw; --log-level debug shows where it is.`;
  return `This is a defect in Thaw. ${error instanceof Error ? (error.stack ?? message) : message}`;
}
