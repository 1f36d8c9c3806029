import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently } from '../map-concurrently.ts';
import { filesIn } from './files-in.ts';

const filesAtOnce = 32;

/** The files that `filesIn` names, in its order, and how large each is. */
export async function fileSizes(folder: string): Promise<{ name: string; bytes: number }[]> {
  return mapConcurrently(await filesIn(folder), filesAtOnce, async (name) => ({
    name,
    bytes: (await stat(join(folder, name))).size,
  }));
}
