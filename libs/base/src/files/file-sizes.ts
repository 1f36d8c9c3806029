import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently } from '../map-concurrently.ts';
import { filesIn } from './files-in.ts';
import { ifGone } from './if-gone.ts';

const filesAtOnce = 32;

/** The files that `filesIn` names, in its order, and how large each is; without those that a writer has renamed meanwhile. */
export async function fileSizes(folder: string): Promise<{ name: string; bytes: number }[]> {
  const found = await mapConcurrently(await filesIn(folder), filesAtOnce, async (name) => {
    const bytes = await stat(join(folder, name)).then(({ size }) => size, ifGone(null));
    return { name, bytes };
  });
  return found.flatMap(({ name, bytes }) => (bytes === null ? [] : [{ name, bytes }]));
}
