import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@thaw/base';

const trash = '.deleted';

/** Takes a run's folder out of sight, so that it can be had back. */
export async function moveToTrash(runsFolder: string, id: string): Promise<void> {
  await mkdir(join(runsFolder, trash), { recursive: true });
  await rename(join(runsFolder, id), join(runsFolder, trash, id));
}

/** Undoes `moveToTrash`. A UserError where the run was not deleted, or is there again. */
export async function restoreFromTrash(runsFolder: string, id: string): Promise<void> {
  const deleted = await readdir(join(runsFolder, trash)).catch((): string[] => []);
  // Among the names that are there, so that no name leads elsewhere.
  if (!deleted.includes(id)) throw new UserError(`there is no deleted run ${id}`);
  if (await exists(join(runsFolder, id))) throw new UserError(`there is a run ${id} again`);
  await rename(join(runsFolder, trash, id), join(runsFolder, id));
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
