import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilesDataset } from '@thaw/experiment';
import { hasImageExtension } from './file-names.ts';
import { findTable } from './find-table.ts';
import { partNamed } from './part-names.ts';
import { foldersIn } from './walk-classes.ts';

/** A folder that is laid out as a data set, as `dataset` of an experiment file says it. */
export type FoundDataset = Pick<FilesDataset, 'layout' | 'csv'> & { readonly folder: string };

/** What is found in and below a folder. */
export interface FoundFolders {
  /** The data sets; where one lies in another, the one with more images. */
  readonly datasets: readonly FoundDataset[];
  /** How many images lie in folders that belong to no data set. */
  readonly otherImages: number;
}

const deepest = 3;
/** Folders of other programs, which often hold images that are none of the user's. */
const others = new Set(['node_modules', 'venv', 'env', '__pycache__', 'dist', 'build', 'runs']);

/**
 * The folders at or up to three levels below `start` that are laid out as a data set: parts (train and test) with class folders,
 * a table that names images, or two class folders or more. Nothing but tables is opened. Folders of other programs
 * (node_modules, venv) and hidden ones are left out.
 */
export async function findImageFolders(start: string, depth = 0): Promise<FoundFolders> {
  const folders = (await foldersIn(start)).filter((name) => !others.has(name.toLowerCase()));
  const parts = new Set(folders.map(partNamed).filter((part) => part !== null));
  if (parts.size > 1 && parts.has('train')) return only({ folder: start, layout: 'train-test-folders' });
  const table = await findTable(start, folders);
  if (table?.csv.file === 'labels.csv') return only({ ...table, layout: 'csv' });
  const counts = await Promise.all(folders.map((name) => imagesIn(join(start, name))));
  const own = counts.filter((count) => count > 0);
  const direct = own.reduce((sum, count) => sum + count, 0);
  const below =
    depth < deepest
      ? await Promise.all(folders.map((name) => findImageFolders(join(start, name), depth + 1)))
      : [];
  const deeper = below.flatMap(({ datasets }) => datasets);
  if (own.length > 1 && !(await holdsMore(deeper, direct))) {
    return only({ folder: start, layout: 'class-folders' });
  }
  if (deeper.length > 0) return { datasets: deeper, otherImages: direct };
  if (table) return only({ ...table, layout: 'csv' });
  const inFolders = below.reduce((sum, { otherImages }) => sum + otherImages, 0);
  return { datasets: [], otherImages: (depth === 0 ? await imagesIn(start) : 0) + direct + inFolders };
}

function only(dataset: FoundDataset): FoundFolders {
  return { datasets: [dataset], otherImages: 0 };
}

/** Whether a single data set further down has more images than lie here, as beside a folder of pictures for a web page. */
async function holdsMore(deeper: readonly FoundDataset[], direct: number): Promise<boolean> {
  const [first, ...rest] = deeper;
  if (first === undefined || rest.length > 0) return false;
  const inside = async (folder: string, depth: number): Promise<number> => {
    const counts = (await foldersIn(folder)).map((name) => inside(join(folder, name), depth + 1));
    const below = depth < deepest ? await Promise.all(counts) : [];
    return below.reduce((sum, count) => sum + count, await imagesIn(folder));
  };
  return (await inside(first.folder, 0)) > direct;
}

async function imagesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  return names.filter(hasImageExtension).length;
}
