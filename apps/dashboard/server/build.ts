import { spawn } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { exists, UserError, withFileLock } from '@thaw/base';
import { markBuildInUse, removeUnusedBuilds } from './builds-in-use.ts';
import { packedBuild } from './packed-build.ts';
import { hashSources } from './source-hash.ts';

/** The folder of the dashboard. */
export const appFolder = join(import.meta.dirname, '..');
/** The name of the environment variable with Next.js's folder of a build, relative to the dashboard's. */
export const distVariable = 'THAW_DIST_DIR';

const buildsFolder = '.next';
const unfinished = join(buildsFolder, 'building');
const lock = join(appFolder, 'node_modules/.thaw-build.lock');

/**
 * Builds the pages unless they are built from these very sources, into a folder of their own, so that a dashboard of other
 * sources goes on; says so on `progress`. The folder comes back, relative to the dashboard's. A UserError when it fails. In a
 * package of Thaw they are built already.
 */
export async function buildIfChanged(progress: NodeJS.WritableStream): Promise<string> {
  if (await exists(join(appFolder, packedBuild))) return packedBuild;
  const name = (await hashSources()).slice(0, 16);
  const folder = join(buildsFolder, name);
  await withFileLock(
    lock,
    async () => {
      if (!(await exists(join(appFolder, folder)))) {
        progress.write('Building the dashboard; this is done once for each version of its sources ...\n');
        await build();
        await rename(join(appFolder, unfinished), join(appFolder, folder));
      }
      await markBuildInUse(join(appFolder, folder));
      await removeUnusedBuilds(join(appFolder, buildsFolder), name);
    },
    { onWait: onceSaid(() => progress.write('Waiting for another process that builds the dashboard ...\n')) },
  );
  return folder;
}

async function build(): Promise<void> {
  await rm(join(appFolder, unfinished), { recursive: true, force: true });
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'build', appFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      [distVariable]: unfinished,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new UserError(`The dashboard could not be built:\n${output}`);
}

function onceSaid(say: () => void): () => void {
  let said = false;
  return () => {
    if (!said) say();
    said = true;
  };
}
