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

/** Where the folder of a deleted record lies. */
export function trashFolder(recordsFolder: string, id: string): string {
  return join(recordsFolder, trash, id);
}

/** Takes a record's folder out of sight, so that it can be had back. */
export async function moveToTrash(recordsFolder: string, id: string): Promise<void> {
  await makeFolder(join(recordsFolder, trash));
  await rename(join(recordsFolder, id), trashFolder(recordsFolder, id));
}

/** Undoes `moveToTrash`. A UserError where the record was not deleted, or is there again. */
export async function restoreFromTrash(
  recordsFolder: string,
  kind: 'run' | 'sweep',
  id: string,
): Promise<void> {
  if (!(await wasDeleted(recordsFolder, id)))
    throw new UserError(`there is no deleted ${kind} ${id}`, { kind: 'not-found' });
  if (await exists(join(recordsFolder, id)))
    throw new UserError(`there is a ${kind} ${id} again`, { kind: 'conflict' });
  await rename(trashFolder(recordsFolder, id), join(recordsFolder, id));
}

/** Whether this is the id of a record that was deleted and can be had back. */
export async function wasDeleted(recordsFolder: string, id: string): Promise<boolean> {
  // A name of another form could lead elsewhere.
  return isWholeId(id) && (await exists(trashFolder(recordsFolder, id)));
}

/** The ids of deleted records, sorted. */
export async function inTrash(recordsFolder: string): Promise<string[]> {
  return (await readdir(join(recordsFolder, trash)).catch((): string[] => [])).sort();
}

export async function deletedRun(runsFolder: string, id: string): Promise<DeletedRun> {
  const files = await fileSizes(trashFolder(runsFolder, id));
  return { id, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Removes deleted records for good; nothing brings them back. */
export async function emptyTrash(recordsFolder: string, ids: readonly string[]): Promise<void> {
  const there = new Set(await inTrash(recordsFolder));
  for (const id of ids.filter((each) => there.has(each))) {
    await rm(trashFolder(recordsFolder, id), { recursive: true, force: true });
  }
}
