import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, fileSizes, UserError } from '@thaw/base';
import { deletedRun, emptyTrash, inTrash, moveToTrash, restoreFromTrash, trashFolder } from './trash.ts';

/** A sweep that was deleted and can still be had back. */
export interface DeletedSweep {
  readonly id: string;
  /** The runs that went with it. */
  readonly runs: readonly string[];
  /** Of all its files and those of its runs. */
  readonly bytes: number;
}

interface Folders {
  readonly sweepsFolder: string;
  readonly runsFolder: string;
}

/** In the folder of a deleted sweep: the ids of the runs that went with it, a line each. */
const listName = 'deleted-runs';

/** Takes a sweep and these runs out of sight. The list comes first, so that a deletion that is cut short can be undone. */
export async function moveSweepToTrash(
  { sweepsFolder, runsFolder }: Folders,
  id: string,
  runs: readonly string[],
): Promise<void> {
  await writeFile(join(sweepsFolder, id, listName), runs.map((run) => `${run}\n`).join(''));
  await moveToTrash(sweepsFolder, id);
  for (const run of runs) await moveToTrash(runsFolder, run);
}

/** Undoes `moveSweepToTrash`; answers the runs that came back. Those that were removed for good stay away. */
export async function restoreSweepFromTrash(
  { sweepsFolder, runsFolder }: Folders,
  id: string,
): Promise<string[]> {
  if (!(await inTrash(sweepsFolder)).includes(id))
    throw new UserError(`there is no deleted sweep ${id}`, { kind: 'not-found' });
  const there = new Set(await inTrash(runsFolder));
  const runs = (await runsOf(trashFolder(sweepsFolder, id))).filter((run) => there.has(run));
  for (const run of runs) await restoreFromTrash(runsFolder, 'run', run);
  await restoreFromTrash(sweepsFolder, 'sweep', id);
  await rm(join(sweepsFolder, id, listName), { force: true });
  return runs;
}

export async function deletedSweep({ sweepsFolder, runsFolder }: Folders, id: string): Promise<DeletedSweep> {
  const folder = trashFolder(sweepsFolder, id);
  const listed = await runsOf(folder);
  const there = await Promise.all(listed.map((run) => exists(trashFolder(runsFolder, run))));
  const runs = listed.filter((_, i) => there[i]);
  const sizes = await Promise.all(runs.map((run) => deletedRun(runsFolder, run)));
  const own = await fileSizes(folder);
  const bytes = [...own, ...sizes].reduce((sum, each) => sum + each.bytes, 0);
  return { id, runs, bytes };
}

/** Removes deleted sweeps, and the runs that went with each, for good. */
export async function emptySweepTrash(folders: Folders, ids: readonly string[]): Promise<void> {
  const there = new Set(await inTrash(folders.sweepsFolder));
  for (const id of ids.filter((each) => there.has(each))) {
    await emptyTrash(folders.runsFolder, await runsOf(trashFolder(folders.sweepsFolder, id)));
    await emptyTrash(folders.sweepsFolder, [id]);
  }
}

async function runsOf(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, listName), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}
