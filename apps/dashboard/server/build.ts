import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { UserError, withFileLock, writeFileAtomic } from '@thaw/base';
import { hashSources } from './source-hash.ts';

/** The folder of the dashboard. */
export const appFolder = join(import.meta.dirname, '..');
const lock = join(appFolder, 'node_modules/.thaw-build.lock');
const builtFrom = join(appFolder, '.next/thaw-sources');

/** Builds the pages unless they are built from these very sources; says so on `progress`. A UserError when it fails. */
export async function buildIfChanged(progress: NodeJS.WritableStream): Promise<void> {
  const sources = await hashSources();
  await withFileLock(
    lock,
    async () => {
      if ((await readFile(builtFrom, 'utf8').catch(() => null)) === sources) return;
      progress.write('Building the dashboard; this is done once for each version of its sources ...\n');
      await build();
      await writeFileAtomic(builtFrom, sources);
    },
    { onWait: onceSaid(() => progress.write('Waiting for another process that builds the dashboard ...\n')) },
  );
}

async function build(): Promise<void> {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'build', appFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
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
