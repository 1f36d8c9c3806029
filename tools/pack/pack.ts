import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PackOptions } from './options.ts';
import { fillThaw } from './pack-thaw.ts';
import { writeTarball } from './write-tarball.ts';

/** Writes the packages, and says their files. */
export async function pack(
  { output, platforms }: PackOptions,
  progress: NodeJS.WritableStream,
): Promise<string[]> {
  await mkdir(output, { recursive: true });
  const temporary = await mkdtemp(join(tmpdir(), 'thaw-pack-'));
  try {
    const folder = join(temporary, 'thaw');
    const { name, version } = await fillThaw(folder, platforms, progress);
    const file = resolve(output, `${name}-${version}.tgz`);
    await writeTarball(folder, file);
    return [file];
  } finally {
    await rm(temporary, { recursive: true });
  }
}
