import { rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { temporarySibling } from './temporary-sibling.ts';

/**
 * Why a file could not be written at an absolute path, its missing folders made, as a clause; null where it could. It is tried:
 * rights say nothing of a read-only file system, and nothing to root.
 */
export async function writeProblem(path: string): Promise<string | null> {
  const there = await look(path);
  if (typeof there === 'string') return there;
  if (there?.isDirectory()) return "it is a folder; a file's name is needed";
  if (there && !there.isFile()) return 'it is a device or a pipe, not a file';
  let folder = dirname(path);
  let found = await look(folder);
  while (found === null && dirname(folder) !== folder) {
    folder = dirname(folder);
    found = await look(folder);
  }
  if (typeof found === 'string') return found;
  if (!found?.isDirectory()) return `${folder} is no folder`;
  const trial = temporarySibling(`${folder}/trial`);
  try {
    await writeFile(trial, '', { flag: 'wx' });
    return null;
  } catch (error) {
    return reasonOf(error as NodeJS.ErrnoException, folder);
  } finally {
    await rm(trial, { force: true }).catch(() => undefined);
  }
}

/** Null for what is not there (or has a file where a folder should be), a clause for what cannot be looked at. */
async function look(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : reasonOf(error as NodeJS.ErrnoException, path);
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException, path: string): string {
  if (code === 'EROFS') return `${path} is on a read-only file system`;
  if (code === 'EACCES' || code === 'EPERM') return `no permission to write to ${path}`;
  if (code === 'ENAMETOOLONG') return 'its name is too long';
  if (code === 'ENOSPC' || code === 'EDQUOT') return `the disk of ${path} is full`;
  return message;
}
