import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, fileSizes, makeFolder, UserError } from '@thaw/base';
import { isWholeId } from '../files/ids.ts';

const trash = '.deleted';

/** A run that was deleted and can still be had back. */
export interface DeletedRun {
  readonly id: string;
  /** Of all its files. */
  readonly bytes: number;
}

/** Takes a run's folder out of sight, so that it can be had back. */
export async function moveToTrash(runsFolder: string, id: string): Promise<void> {
  await makeFolder(join(runsFolder, trash));
  await rename(join(runsFolder, id), join(runsFolder, trash, id));
}

/** Undoes `moveToTrash`. A UserError where the run was not deleted, or is there again. */
export async function restoreFromTrash(runsFolder: string, id: string): Promise<void> {
  if (!(await wasDeleted(runsFolder, id)))
    throw new UserError(`there is no deleted run ${id}`, { kind: 'not-found' });
  if (await exists(join(runsFolder, id)))
    throw new UserError(`there is a run ${id} again`, { kind: 'conflict' });
  await rename(join(runsFolder, trash, id), join(runsFolder, id));
}

/** Whether this is the id of a run that was deleted and can be had back. */
export async function wasDeleted(runsFolder: string, id: string): Promise<boolean> {
  // A name of another form could lead elsewhere.
  return isWholeId(id) && (await exists(join(runsFolder, trash, id)));
}

/** The ids of deleted runs, sorted. */
export async function inTrash(runsFolder: string): Promise<string[]> {
  return (await readdir(join(runsFolder, trash)).catch((): string[] => [])).sort();
}

export async function deletedRun(runsFolder: string, id: string): Promise<DeletedRun> {
  const files = await fileSizes(join(runsFolder, trash, id));
  return { id, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Removes deleted runs for good; nothing brings them back. */
export async function emptyTrash(runsFolder: string, ids: readonly string[]): Promise<void> {
  const there = new Set(await inTrash(runsFolder));
  for (const id of ids.filter((each) => there.has(each))) {
    await rm(join(runsFolder, trash, id), { recursive: true, force: true });
  }
}
