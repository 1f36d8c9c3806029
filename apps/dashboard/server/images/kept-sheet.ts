import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { spritesPerSheet } from '@thaw/analysis/browser';
import { counted, sha256, UserError, writeFileAtomic } from '@thaw/base';
import type { RunRecord } from '@thaw/tracking';
import { locateFile } from '../../store/run-image.ts';

/** What is raised when the same files would be drawn in another way. */
const version = 2;

/**
 * A sheet of small pictures (JPEG) of images of a run's data set, from the cache where it was made of these very files. Of a file that
 * lies outside the data set's folder there is no picture. A UserError for a sheet beyond the last.
 */
export async function keptSheet(
  run: RunRecord,
  files: readonly string[],
  sheet: number,
  runsDir: string,
): Promise<Buffer> {
  const shown = files.slice(sheet * spritesPerSheet, (sheet + 1) * spritesPerSheet);
  if (shown.length === 0) {
    const sheets = counted(Math.ceil(files.length / spritesPerSheet), 'sheet');
    throw new UserError(`there is no sheet ${sheet}: the images of run ${run.id} fill ${sheets}`, {
      kind: 'not-found',
    });
  }
  const paths = await Promise.all(shown.map((file) => locateFile(run, file, runsDir)));
  const key = sha256(JSON.stringify([version, ...(await Promise.all(paths.map(stampOf)))]));
  const path = join(runsDir, 'cache', 'sprites', key.slice(0, 2), `${key}.jpg`);
  const kept = await readFile(path).catch(() => null);
  if (kept) return kept;
  // Native libraries, which only those load who look at images.
  const { spriteSheet } = await import('@thaw/analysis/sprite-sheet');
  const made = await spriteSheet(paths);
  await writeFileAtomic(path, made);
  return made;
}

/** What changes when another image stands in a file's place. */
async function stampOf(path: string | null) {
  if (path === null) return null;
  const { size, mtimeMs } = await stat(path);
  return [path, size, mtimeMs];
}
