import { UserError } from '@thaw/base';
import { inWords } from '../api/remedy-words.ts';

/** What is said at the end of the program: the message alone when the user can mend it, else where it broke. */
export function errorMessage(error: unknown): string {
  if (error instanceof UserError) return inWords(error);
  return `This is a defect in Thaw. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
