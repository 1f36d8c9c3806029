import { UserError } from '@thaw/base';
import { inWords } from './remedy-text.ts';

/** What to do about a full disk. */
const fullDisk =
  'The disk is full: free some space, or choose a folder on another disk with --runs-dir. What is recorded is whole; --resume goes on with a sweep.';
const notWritable = 'Choose a writable folder with --runs-dir.';

/** What to do about errors of the system that are no defect, by code. */
const remedies: Record<string, string | undefined> = {
  ENOSPC: fullDisk,
  EDQUOT: fullDisk,
  EROFS: notWritable,
  EACCES: notWritable,
  EPERM: notWritable,
  ENAMETOOLONG: notWritable,
  ENOTDIR: `A part of this path is a file, not a folder. ${notWritable}`,
};

/**
 * What is said about an error at the end of a program: the message alone when the user can mend it, otherwise that it is a
 * defect, with the stack when `debug` asks for it.
 */
export function errorText(error: unknown, debug: boolean): string {
  if (error instanceof UserError) {
    const message = inWords(error);
    return error.kind === 'full-disk' ? `${message}\n${fullDisk}` : message;
  }
  const message = error instanceof Error ? error.message : String(error);
  const { code = '', syscall } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  const remedy = remedies[code] ?? (syscall === 'mkdir' ? notWritable : undefined);
  if (remedy !== undefined && !debug) return `${message}\n${remedy}`;
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  return debug
    ? `This is a defect in Thaw. ${stack}`
    : `${message}\nThis is a defect in Thaw; --log-level debug shows where it is.`;
}
