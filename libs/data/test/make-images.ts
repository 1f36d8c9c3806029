import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '@thaw/base';
import { settingsSchema, type Settings } from '@thaw/experiment';
import sharp from 'sharp';
import { inject } from 'vitest';
import { loadDataset, type Dataset, type ImageFile } from '../src/index.ts';

/** A small image whose pixels depend on `key`, so that no two files are the same. */
export function makeImage(key: string, format: 'jpeg' | 'png' = 'jpeg'): Promise<Buffer> {
  const [width, height] = [16, 12];
  let state = [...key].reduce((sum, character) => (Math.imul(sum, 31) + character.charCodeAt(0)) >>> 0, 7);
  const data = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return sharp(data, { raw: { width, height, channels: 3 } })
    .toFormat(format)
    .toBuffer();
}

/** An empty folder of its own, removed at the end of the run. */
export function makeFolder(): Promise<string> {
  return mkdtemp(join(inject('runFolder'), 'data-'));
}

/** Writes files below a new folder: text or bytes as given, null as an image of its own. */
export async function makeFiles(files: Record<string, string | Uint8Array | null>): Promise<string> {
  const folder = await makeFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content ?? (await makeImage(name)));
  }
  return folder;
}

/** `TRAIN/<class>/<i>.jpeg` and `TEST/<class>/<i>.jpeg` for the classes A and B. */
export function trainTest(train: number, test: number): Record<string, null> {
  const names = ['A', 'B'].flatMap((label) => [
    ...Array.from({ length: train }, (_, i) => `TRAIN/${label}/${i}.jpeg`),
    ...Array.from({ length: test }, (_, i) => `TEST/${label}/${i}.jpeg`),
  ]);
  return Object.fromEntries(names.map((name) => [name, null]));
}

/** Settings of a data set at `path`, with every default filled in. */
export function datasetSettings(
  path: string,
  dataset: object = {},
  split: object = {},
): Pick<Settings, 'dataset' | 'split'> {
  return settingsSchema.parse({ dataset: { path, ...dataset }, split });
}

/** Loads a data set with a cache of its own. */
export async function load(path: string, dataset: object = {}, split: object = {}): Promise<Dataset> {
  return loadDataset(datasetSettings(path, dataset, split), { cacheDir: await makeFolder() });
}

export const namesOf = (files: readonly ImageFile[]) => files.map(({ name }) => name);

/** The message of the UserError that `loading` must end in. */
export async function messageOf(loading: Promise<unknown>): Promise<string> {
  const error = await loading.then(
    () => new Error('nothing was refused'),
    (error: unknown) => error,
  );
  if (!(error instanceof UserError)) throw error;
  return error.message;
}
