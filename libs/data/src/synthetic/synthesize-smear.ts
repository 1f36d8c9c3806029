import { stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { makeFolder, mapConcurrently, Random, writeFolderAtomic } from '@thaw/base';
import type { SyntheticDataset } from '@thaw/experiment';
import { whiteCellTypes } from './anatomy.ts';
import type { WhiteCellType } from './anatomy.ts';
import { augmentedCopy } from './copies.ts';
import { takePhotograph } from './photograph.ts';
import { smearFolder, type SmearOptions } from './smear-folder.ts';

/** One photograph and the files that its copies become, relative to the set's folder. */
interface Source {
  name: string;
  type: WhiteCellType;
  key: (string | number)[];
  files: string[];
}

/**
 * Every photograph and the names of its copies. A file's number is drawn over its whole folder, so sorting by name mixes
 * the photographs, as in the Kaggle set.
 */
function planSources(options: SmearOptions): Source[] {
  const { seed, images_per_source: copies } = options;
  const splits = [
    ['TRAIN', options.train_sources_per_class],
    ['TEST', options.test_sources_per_class],
  ] as const;
  const total = whiteCellTypes.length * (splits[0][1] + splits[1][1]);
  const padded = (value: number, most: number) => String(value).padStart(String(most).length, '0');
  const sources: Source[] = [];
  for (const [split, count] of splits) {
    for (const type of whiteCellTypes) {
      const images = count * copies;
      const numbers = new Random('synthetic-smear', seed, split, type, 'file numbers').shuffle(
        Array.from({ length: images }, (_, i) => i),
      );
      for (let index = 0; index < count; index++) {
        const name = `p${padded(sources.length + 1, total)}`;
        const files = numbers
          .slice(index * copies, (index + 1) * copies)
          .map((number) => `${split}/${type}/_${padded(number, images - 1)}_${name}.jpeg`);
        sources.push({ name, type, key: ['synthetic-smear', seed, split, type, index], files });
      }
    }
  }
  return sources;
}

function sourcesTable(sources: readonly Source[]): string {
  const rows = sources.flatMap(({ name, files }) => files.map((file) => `${file},${name}`));
  return ['path,source', ...rows.sort(), ''].join('\n');
}

async function writeCopies(folder: string, { type, key, files }: Source): Promise<void> {
  const photograph = await takePhotograph(type, key);
  for (const [copy, file] of files.entries()) {
    const jpeg = await augmentedCopy(photograph, new Random(...key, 'copy', copy));
    await writeFile(path.join(folder, file), jpeg);
  }
}

async function writeSmear(folder: string, options: SmearOptions): Promise<void> {
  const sources = planSources(options);
  const folders = new Set(sources.flatMap(({ files }) => files.map((file) => path.dirname(file))));
  for (const name of folders) await makeFolder(path.join(folder, name));
  // A failure waits for the others to end, so that nobody writes into a folder that is being removed.
  const outcomes = await mapConcurrently(sources, availableParallelism() + 1, (source) =>
    Promise.allSettled([writeCopies(folder, source)]),
  );
  for (const [outcome] of outcomes) if (outcome?.status === 'rejected') throw outcome.reason;
  await writeFile(path.join(folder, 'sources.csv'), sourcesTable(sources));
}

/**
 * Draws a set of blood smears, unless it is there already, and returns its folder under `cacheDir`:
 *
 * ```
 * TRAIN/<class>/_<number>_p<source>.jpeg   train_sources_per_class * images_per_source files in each class
 * TEST/<class>/_<number>_p<source>.jpeg    copies of other photographs
 * sources.csv                              path,source of every file
 * ```
 *
 * A source is one photograph; its images are rotated, shifted, sheared and flipped copies of it, 320x240 JPEG. The bytes
 * depend on the options and the version of sharp alone. The folder appears whole or not at all.
 */
export async function synthesizeSmear(settings: SyntheticDataset, cacheDir: string): Promise<string> {
  const folder = smearFolder(settings, cacheDir);
  const existing = await stat(folder).catch(() => null);
  if (!existing?.isDirectory()) {
    await writeFolderAtomic(folder, (temporary) => writeSmear(temporary, settings));
  }
  return folder;
}
