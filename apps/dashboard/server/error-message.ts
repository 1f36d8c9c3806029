import { UserError } from '@thaw/base';

/** What is said at the end of the program: the message alone when the user can mend it, else where it broke. */
export function errorMessage(error: unknown): string {
  if (error instanceof UserError) return error.message;
  return `This is a defect in Thaw. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
