import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writeFileAtomic } from '@thaw/base';
import { neighbourFiles, parseNeighbours, type Neighbours } from './neighbours.ts';

export async function writeNeighbours(folder: string, { images, features }: Neighbours): Promise<void> {
  const index = { format: 1, features: images.length === 0 ? 1 : features.length / images.length, images };
  await writeFileAtomic(
    join(folder, neighbourFiles.features),
    new Uint8Array(features.buffer, features.byteOffset, features.byteLength),
  );
  await writeFileAtomic(join(folder, neighbourFiles.index), `${JSON.stringify(index)}\n`);
}

/** Null where a model has none. */
export async function readNeighbours(folder: string): Promise<Neighbours | null> {
  const text = await readIfThere(join(folder, neighbourFiles.index));
  if (text === null) return null;
  const bytes = await readFile(join(folder, neighbourFiles.features));
  return parseNeighbours(JSON.parse(text), new Uint8Array(bytes).buffer);
}
