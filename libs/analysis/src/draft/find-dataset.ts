import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '@thaw/base';
import { findImageFolders, hasImageExtension, requireFolder, type FoundDataset } from '@thaw/data';
import { settingsSchema, type FilesDataset } from '@thaw/experiment';

/**
 * The data set in or below a folder, with the settings that it has in an experiment file; null where the current folder, which
 * nobody named, has no data set. Throws a UserError where a folder has none, several, or images that no class is known of.
 */
export async function findDataset(
  dir: string | null,
  layout: FilesDataset['layout'] | null,
): Promise<FilesDataset | null> {
  const folder = await requireFolder(dir ?? '.');
  if (layout !== null) return reading({ folder, layout });
  const { datasets, otherImages } = await findImageFolders(folder);
  if (datasets.length === 1) return reading(datasets[0]!);
  if (datasets.length > 1) {
    const list = datasets.map((each) => `\n  ${each.folder} (${each.layout})`).join('');
    throw new UserError(
      `${folder} has several data sets: say which, or name the layout to read them as one in:${list}`,
    );
  }
  // Pictures further down, as those of a web page, are no reason to refuse a folder that nobody named.
  const flat = (await readdir(folder)).some(hasImageExtension);
  if (dir === null && !flat) return null;
  if (otherImages > 0) {
    throw new UserError(
      `${folder} has images, but nothing says which class they are of; allowed: a folder for each of two classes or more, in TRAIN and TEST or alone, or a table labels.csv with the columns path and label`,
    );
  }
  throw new UserError(`${folder} holds no images (png, jpg, bmp, ppm, tif, webp or gif files)`);
}

/** Images are resized as is best, and what cannot be read is left out. */
function reading({ folder, ...found }: FoundDataset): FilesDataset {
  const path = resolve(folder);
  const { dataset } = settingsSchema.parse({
    dataset: { path, ...found, interpolation: 'bilinear', on_bad_image: 'skip' },
  });
  return dataset as FilesDataset;
}
