import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently, Random, sha256 } from '@thaw/base';
import sharp, { type Sharp } from 'sharp';
import { whiteCellTypes } from '../src/synthetic/anatomy.ts';
import { augmentedCopy } from '../src/synthetic/copies.ts';
import { photographSize } from '../src/synthetic/drawing.ts';
import { takePhotograph, type Photograph } from '../src/synthetic/photograph.ts';

const { width, height } = photographSize;

/** Changes that a copy may have gone through besides, each with a draw of its own. */
export const distortions = {
  none: (image: Sharp) => image,
  blur: (image: Sharp, random: Random) => image.blur(random.uniform(1, 2)),
  crop: (image: Sharp, random: Random) => {
    const side = random.uniform(0.7, 0.85);
    const [cropWidth, cropHeight] = [Math.round(width * side), Math.round(height * side)];
    return image
      .extract({
        left: random.int(width - cropWidth),
        top: random.int(height - cropHeight),
        width: cropWidth,
        height: cropHeight,
      })
      .resize(width, height, { fit: 'fill' });
  },
  'JPEG quality 30': (image: Sharp) => image.jpeg({ quality: 30 }),
  'quarter turn': (image: Sharp, random: Random) => image.rotate(90 + 180 * random.int(2)),
  brightness: (image: Sharp, random: Random) => image.linear(random.uniform(0.7, 1.3), 0),
  'stain shift': (image: Sharp, random: Random) =>
    image.linear(
      [0, 1, 2].map(() => random.uniform(0.85, 1.1)),
      [0, 1, 2].map(() => random.uniform(-15, 15)),
    ),
  'half the size': (image: Sharp) => image.resize(width / 2, height / 2),
  square: (image: Sharp) => image.resize(224, 224, { fit: 'fill' }),
} satisfies Record<string, (image: Sharp, random: Random) => Sharp>;

export type Distortion = keyof typeof distortions;

export interface Copy {
  readonly path: string;
  readonly sha256: string;
  /** The photograph it was made from. */
  readonly source: string;
}

/** Photographs of the four classes in turn, each a function of `key` and its number alone. */
export function photograph(key: string, number: number): Promise<Photograph> {
  return takePhotograph(whiteCellTypes[number % whiteCellTypes.length]!, [key, number]);
}

/** Writes copies of `photographs` photographs into `folder`: of each one for every entry of `kinds`, warped and then distorted. */
export async function writeCopies(
  folder: string,
  key: string,
  photographs: number,
  kinds: readonly Distortion[],
): Promise<Copy[]> {
  await mkdir(folder, { recursive: true });
  const numbers = Array.from({ length: photographs }, (_, number) => number);
  const copies = await mapConcurrently(numbers, 3, async (number) => {
    const pixels = await photograph(key, number);
    const made: Copy[] = [];
    for (const [i, kind] of kinds.entries()) {
      const random = new Random(key, number, i);
      const plain = await augmentedCopy(pixels, random);
      const bytes =
        kind === 'none' ? plain : await distortions[kind](sharp(plain), random).toFormat('jpeg').toBuffer();
      const path = join(folder, `${number}-${i}.jpeg`);
      await writeFile(path, bytes);
      made.push({ path, sha256: sha256(bytes), source: String(number) });
    }
    return made;
  });
  return copies.flat();
}

/** Precision and recall over pairs of images, of groups against the truth; 1 where there is no pair. */
export function pairScores(
  groups: readonly number[],
  truth: readonly string[],
): { precision: number; recall: number } {
  const found = pairsWithin(groups);
  const real = pairsWithin(truth);
  const both = pairsWithin(groups.map((group, i) => `${group} ${truth[i]!}`));
  return { precision: found === 0 ? 1 : both / found, recall: real === 0 ? 1 : both / real };
}

function pairsWithin(keys: readonly (string | number)[]): number {
  const counts = new Map<string | number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}
