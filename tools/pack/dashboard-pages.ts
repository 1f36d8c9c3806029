import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { buildIfChanged } from '../../apps/dashboard/server/build.ts';
import { packedBuild } from '../../apps/dashboard/server/packed-build.ts';
import { inRoot } from '../bundle/bundle-programs.ts';
import { copyFiles } from './copy-files.ts';
import { nextServerFiles } from './next-server-files.ts';
import { sayThaw } from './say-thaw.ts';

const app = 'apps/dashboard';

/** What a build has for Next.js itself, and for whoever looks into how it was built. */
const unused = [
  'cache/**',
  'diagnostics/**',
  'types/**',
  'turbopack',
  'trace*',
  'in-use-by-*',
  'required-server-files.js',
];

/** What a configuration says of folders. */
const placesOfConfig = ['turbopack', 'outputFileTracingRoot', 'configFile'];

/** Builds the dashboard's pages where they are not built yet, and copies them into a folder with what of Next.js serves them. */
export async function packPages(folder: string, progress: NodeJS.WritableStream): Promise<void> {
  const build = inRoot(`${app}/${await buildIfChanged(progress)}`);
  const pages = await glob(['**'], {
    cwd: build,
    ignore: [...unused, '**/*.nft.json', '**/*.map'],
    dot: true,
  });
  const files = pages.map((file) => ({ from: join(build, file), to: `${app}/${packedBuild}/${file}` }));
  const served = await glob(['public/**'], { cwd: inRoot(app) });
  const asTheyAre = served.map((file) => ({ from: inRoot(`${app}/${file}`), to: `${app}/${file}` }));
  await copyFiles([...files, ...asTheyAre, ...(await nextServerFiles(build))], folder);
  for (const { to } of files.filter((file) => file.to.endsWith('.js'))) await edit(join(folder, to), sayThaw);
  await edit(join(folder, app, packedBuild, 'required-server-files.json'), forgetMachine);
}

/** What Next.js is told of a build, without where it was built. */
function forgetMachine(text: string): string {
  const { version, config } = JSON.parse(text) as { version: number; config: Record<string, unknown> };
  const kept = Object.entries(config).filter(([key]) => !placesOfConfig.includes(key));
  return JSON.stringify({ version, config: Object.fromEntries(kept) });
}

async function edit(file: string, change: (code: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')));
}
