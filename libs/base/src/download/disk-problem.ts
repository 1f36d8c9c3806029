import { UserError, type ErrorKind } from '../user-error.ts';

const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied: choose a folder that you may write to',
  EPERM: 'the system does not permit it: choose a folder that you may write to',
  EROFS: 'the file system is read-only: choose another folder',
  ENOTDIR: 'a part of this path is a file, not a folder',
  EEXIST: 'a part of this path is a file, not a folder',
  EISDIR: 'a folder of this name is in the way',
  ENAMETOOLONG: 'the name is too long for this file system',
};

const kinds: Record<string, ErrorKind> = {
  ENOSPC: 'full-disk',
  EDQUOT: 'full-disk',
  EACCES: 'unavailable',
  EPERM: 'unavailable',
  EROFS: 'unavailable',
  ENAMETOOLONG: 'invalid',
};

/** The message for the user if `error` is a circumstance of the disk that the user can mend, otherwise null. */
export function diskProblem(error: unknown, path: string): UserError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code];
  if (reason === undefined) return null;
  return new UserError(`Cannot write ${path}: ${reason} (${code}).`, {
    kind: kinds[code] ?? 'conflict',
    cause: error,
  });
}

/** Runs a file operation on `path`; full disks, missing permissions and the like become a UserError. */
export async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskProblem(error, path) ?? error;
  }
}
