import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PackOptions } from './options.ts';
import { fillLibraries } from './pack-libraries.ts';
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
    const thaw = { folder, manifest: await fillThaw(folder, platforms, progress) };
    const packages = [thaw, ...(await fillLibraries(join(temporary, 'libraries')))];
    const files: string[] = [];
    for (const { folder, manifest } of packages) {
      const file = resolve(
        output,
        `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`,
      );
      await writeTarball(folder, file);
      files.push(file);
    }
    return files;
  } finally {
    await rm(temporary, { recursive: true });
  }
}
