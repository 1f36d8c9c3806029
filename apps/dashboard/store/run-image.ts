import { readFile, realpath } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { smearFolder } from '@thaw/data/smear-folder';
import type { RunRecord, Store } from '@thaw/tracking';
import { Problem } from '../api/problem.ts';
import { runsDirVariable } from './runs-dir.ts';

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
 * groups, and where it really lies must be inside that folder. A Problem otherwise.
 */
export async function runImage(store: Store, query: string, file: string): Promise<Response> {
  const run = await store.run(query);
  const type = types[extname(file).toLowerCase()];
  const gone = new Problem(404, `${file} is no image that run ${run.id} names, or it is not there any more`);
  const folder = datasetFolder(run);
  if (!type || !folder || !(await isNamed(store, run.id, file))) throw gone;
  const [path, root] = await Promise.all([realpath(join(folder, file)), realpath(folder)]).catch(() => {
    throw gone;
  });
  if (!path.startsWith(root + sep)) throw gone;
  return new Response(new Uint8Array(await readFile(path)), {
    headers: { 'content-type': type, 'cache-control': 'private, max-age=3600' },
  });
}

async function isNamed(store: Store, run: string, file: string): Promise<boolean> {
  for (const part of ['test', 'validation'] as const) {
    const rows = await store.predictions(run, part).catch(() => []);
    if (rows.some((row) => row.file === file)) return true;
  }
  return ((await store.groups(run)) ?? []).some(({ path }) => path === file);
}

/** Null for imported runs, which name none. */
function datasetFolder({ settings }: RunRecord): string | null {
  if (!settings) return null;
  const { dataset } = settings;
  if ('path' in dataset) return resolve(dataset.path);
  return smearFolder(dataset, join(process.env[runsDirVariable] ?? 'runs', 'cache'));
}
