import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { Store } from '@thaw/tracking';
import { Problem } from '../api/problem.ts';
import { datasetFolder } from './dataset-folder.ts';
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
  // Imported runs name none.
  const folder = run.settings && datasetFolder(run.settings, process.env[runsDirVariable] ?? 'runs');
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
