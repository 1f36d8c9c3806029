import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '@thaw/base';
import { z } from 'zod';

/** A training image that a prediction may be compared with. */
export interface NeighbourImage {
  /** Relative to the data set's folder. */
  readonly file: string;
  readonly label: string;
  readonly sha256: string;
}

/** Training images and what the model makes of them. */
export interface Neighbours {
  readonly images: readonly NeighbourImage[];
  /** Pooled features, each row of length 1: [images, features]. */
  readonly features: Float32Array;
}

const indexFile = 'neighbours.json';
const featuresFile = 'neighbours.bin';

const indexSchema = z.object({
  format: z.literal(1),
  /** `neighbours.bin`: float32, little-endian, a row an image, each row of length 1. */
  features: z.number().int().positive(),
  images: z.array(z.object({ file: z.string(), label: z.string(), sha256: z.string() })),
});

export async function writeNeighbours(folder: string, { images, features }: Neighbours): Promise<void> {
  const index = { format: 1, features: images.length === 0 ? 1 : features.length / images.length, images };
  await writeFileAtomic(
    join(folder, featuresFile),
    new Uint8Array(features.buffer, features.byteOffset, features.byteLength),
  );
  await writeFileAtomic(join(folder, indexFile), `${JSON.stringify(index)}\n`);
}

/** Null where a model has none. */
export async function readNeighbours(folder: string): Promise<Neighbours | null> {
  const text = await readFile(join(folder, indexFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const { images } = indexSchema.parse(JSON.parse(text));
  const bytes = await readFile(join(folder, featuresFile));
  return { images, features: new Float32Array(new Uint8Array(bytes).buffer) };
}
