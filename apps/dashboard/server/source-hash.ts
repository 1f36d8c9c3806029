import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently } from '@thaw/base';

const root = join(import.meta.dirname, '../../..');

const libs = ['analysis', 'base', 'data', 'experiment', 'metrics', 'model', 'search', 'serving', 'tracking'];

/** What the built pages are made from: files, and folders with all that is in them. */
export const sources = {
  files: [
    'package-lock.json',
    'tsconfig.base.json',
    'apps/dashboard/instrumentation.ts',
    'apps/dashboard/instrumentation-client.ts',
    'apps/dashboard/next.config.ts',
    'apps/dashboard/tsconfig.json',
    'apps/dashboard/tsconfig.build.json',
  ],
  folders: [
    ...['api', 'app', 'client', 'components', 'shape', 'store'].map((name) => `apps/dashboard/${name}`),
    ...libs.map((name) => `libs/${name}/src`),
  ],
};

/** A hash of the names and contents of the sources. */
export async function hashSources(): Promise<string> {
  const listed = await mapConcurrently(sources.folders, 8, filesBelow);
  const files = [...sources.files, ...listed.flat()].sort();
  const contents = await mapConcurrently(files, 32, (file) => readFile(join(root, file)));
  const hash = createHash('sha256');
  files.forEach((file, i) => hash.update(`${file}\0${contents[i]!.length}\0`).update(contents[i]!));
  return hash.digest('hex');
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
