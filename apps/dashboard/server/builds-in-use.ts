import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processExists } from '@thaw/base';

const mark = 'in-use-by-';

/** Keeps a build from being removed as long as this process lives. */
export async function markBuildInUse(build: string): Promise<void> {
  await writeFile(join(build, `${mark}${process.pid}`), '');
}

/** Removes what lies in the folder of builds, but for the build `kept` and those that a living process uses. */
export async function removeUnusedBuilds(builds: string, kept: string): Promise<void> {
  for (const name of await readdir(builds)) {
    if (name === kept || (await isInUse(join(builds, name)))) continue;
    await rm(join(builds, name), { recursive: true, force: true });
  }
}

async function isInUse(build: string): Promise<boolean> {
  const names = await readdir(build).catch((): string[] => []);
  return names.some((name) => name.startsWith(mark) && processExists(Number(name.slice(mark.length))));
}
