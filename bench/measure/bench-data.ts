import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { synthesizeSmear } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';

export interface BenchData {
  /** TRAIN/<class>/* and TEST/<class>/*. */
  readonly folder: string;
  readonly classes: number;
  readonly trainImages: number;
  readonly testImages: number;
}

/** The images to measure on: the given folder, or a synthetic smear drawn into `cacheDir`. */
export async function openBenchData(folder: string | null, cacheDir: string): Promise<BenchData> {
  const images = folder ?? (await drawSmear(cacheDir));
  const train = join(images, 'TRAIN');
  const test = join(images, 'TEST');
  if (!existsSync(train) || !existsSync(test)) {
    throw new UserError(`--data: ${images} has no folders TRAIN and TEST with a folder a class in each`);
  }
  const classes = await readdir(train);
  const count = async (part: string) => {
    const names = await Promise.all(classes.map((name) => readdir(join(part, name))));
    return names.flat().length;
  };
  return {
    folder: images,
    classes: classes.length,
    trainImages: await count(train),
    testImages: await count(test),
  };
}

async function drawSmear(cacheDir: string): Promise<string> {
  const { dataset } = settingsSchema.parse({
    dataset: { source: 'synthetic-smear', images_per_source: 40, seed: 7 },
  });
  if (!('source' in dataset)) throw new RangeError('not synthetic');
  return synthesizeSmear(dataset, cacheDir);
}
