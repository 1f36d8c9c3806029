import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { UserError } from '@thaw/base';
import type { RunRecord, FileStore } from '@thaw/tracking';
import { datasetFolder } from './dataset-folder.ts';
import { runsDir } from './runs-dir.ts';

const types: Record<string, string> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.bmp': 'image/bmp',
};

/**
 * An image that a run names, from the folder of its data set and from nowhere else: `file` must be in the run's predictions or
 * groups, and where it really lies must be inside that folder. A UserError otherwise.
 */
export async function runImage(store: FileStore, query: string, file: string): Promise<Response> {
  const run = await store.run(query);
  const image = (await isNamed(store, run.id, file)) ? await locateImage(run, file) : null;
  if (image === null) {
    throw new UserError(`${file} is no image that run ${run.id} names, or it is no longer there`, {
      kind: 'not-found',
    });
  }
  return new Response(new Uint8Array(await readFile(image.path)), {
    headers: { 'content-type': image.type, 'cache-control': 'private, max-age=3600' },
  });
}

/** Where an image of a run's data set lies; null where it is gone, lies outside the data set or is none that browsers show. */
export async function locateImage(
  { settings, paths }: Pick<RunRecord, 'settings' | 'paths'>,
  file: string,
): Promise<{ path: string; type: string } | null> {
  const type = types[extname(file).toLowerCase()];
  if (!type) return null;
  const path = await locateFile({ settings, paths }, file, runsDir());
  return path === null ? null : { path, type };
}

/** Where a file of a run's data set lies; null where it is gone or lies outside the data set. */
export async function locateFile(
  { settings, paths }: Pick<RunRecord, 'settings' | 'paths'>,
  file: string,
  folderOfRuns: string,
): Promise<string | null> {
  // Imported runs name none.
  if (!settings) return null;
  const folder = datasetFolder({ settings, paths }, folderOfRuns);
  const found = await Promise.all([realpath(join(folder, file)), realpath(folder)]).catch(() => null);
  if (found === null) return null;
  const [path, root] = found;
  return path.startsWith(root + sep) ? path : null;
}

async function isNamed(store: FileStore, run: string, file: string): Promise<boolean> {
  for (const part of ['test', 'validation'] as const) {
    const rows = await store.predictions(run, part).catch(() => []);
    if (rows.some((row) => row.file === file)) return true;
  }
  return ((await store.groups(run))?.images ?? []).some(({ path }) => path === file);
}
