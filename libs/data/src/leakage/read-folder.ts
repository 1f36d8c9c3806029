import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '@thaw/base';
import type { SkippedFile } from '../dataset.ts';
import { inspectFiles } from '../inspection/inspect-files.ts';
import { byCodePoint, isSystemFile } from '../layouts/file-names.ts';
import { walkImages } from '../layouts/walk-classes.ts';
import type { Split } from './crossings.ts';

export type FolderLayout = 'train-test-folders' | 'class-folders';

/** An image of a folder that need not be a whole data set. */
export interface FolderImage {
  /** Absolute. */
  readonly path: string;
  /** Relative to the folder, with `/` between parts. */
  readonly name: string;
  readonly sha256: string;
  /** Null in class folders, which have no parts. */
  readonly split: Split | null;
  /** Its class folder; null for an image outside every one. */
  readonly label: string | null;
}

export interface FolderImages {
  readonly layout: FolderLayout;
  /** Train, validation, test, each in Keras's order. */
  readonly images: readonly FolderImage[];
  /** Images that cannot be read, and why. */
  readonly skipped: readonly SkippedFile[];
  /** Folders beside those of the layout, which were not looked at. */
  readonly ignored: readonly string[];
}

const setNames: Readonly<Record<string, Split>> = {
  train: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
};
const order: readonly Split[] = ['train', 'validation', 'test'];

/**
 * Reads the images of a folder as they lie, with no demands on a data set: one class or none will do.
 *
 * ```
 * train-test-folders: <folder>/{TRAIN,VALIDATION,TEST}/<class>/**   in any case; val and valid, too
 * class-folders:      <folder>/<class>/**, <folder>/*
 * ```
 *
 * Without `layout` it is train-test-folders where two such parts are there, else class-folders. What is no readable image is
 * left out. Throws a UserError where there is no such folder, the layout's parts are missing, or no image can be read.
 */
export async function readFolder(
  path: string,
  options: {
    readonly layout: FolderLayout | null;
    readonly cacheDir: string;
    readonly onProgress?: (done: number, total: number) => void;
    readonly signal?: AbortSignal;
  },
): Promise<FolderImages> {
  const folder = resolve(path);
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) {
    throw new UserError(`${folder} is ${found ? 'a file' : 'not there'}; a folder of images is needed`, {
      kind: found ? 'invalid' : 'not-found',
    });
  }
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries
    .filter((entry) => !entry.isFile() && !isSystemFile(entry.name))
    .map(({ name }) => name)
    .sort(byCodePoint);
  const sets = folders.filter((name) => Object.hasOwn(setNames, name.toLowerCase()));
  const splits = new Set(sets.map((name) => setNames[name.toLowerCase()]));
  const layout = options.layout ?? (splits.size > 1 ? 'train-test-folders' : 'class-folders');
  if (layout === 'train-test-folders' && splits.size < 2) {
    const holds = folders.length === 0 ? 'no folders' : folders.slice(0, 8).join(', ');
    throw new UserError(`${folder}: the layout train-test-folders needs TRAIN and TEST; found ${holds}`);
  }
  const listed = layout === 'train-test-folders' ? await walkSets(folder, sets) : await walkAll(folder);
  if (listed.length === 0) {
    throw new UserError(`${folder} holds no images (png, jpg, bmp, ppm, tif, webp or gif files)`);
  }
  const { hashes, bad } = await inspectFiles(
    folder,
    listed.map(({ name }) => name),
    options,
  );
  if (hashes.size === 0) {
    const { name, reason } = bad[0]!;
    throw new UserError(`${folder}: none of ${listed.length} images can be read; ${name}: ${reason}`);
  }
  return {
    layout,
    images: listed
      .filter(({ name }) => hashes.has(name))
      .map((file) => ({ ...file, path: join(folder, file.name), sha256: hashes.get(file.name)! })),
    skipped: bad,
    ignored: layout === 'train-test-folders' ? folders.filter((name) => !sets.includes(name)) : [],
  };
}

type Listed = Pick<FolderImage, 'name' | 'split' | 'label'>;

async function walkSets(folder: string, sets: readonly string[]): Promise<Listed[]> {
  const listed: Listed[] = [];
  const splitOf = (set: string) => setNames[set.toLowerCase()]!;
  for (const set of [...sets].sort((a, b) => order.indexOf(splitOf(a)) - order.indexOf(splitOf(b)))) {
    for (const name of await imagesBelow(folder, set)) {
      const [, label, ...rest] = name.split('/');
      listed.push({ name, split: splitOf(set), label: rest.length > 0 ? label! : null });
    }
  }
  return listed;
}

async function walkAll(folder: string): Promise<Listed[]> {
  return (await imagesBelow(folder, '.')).map((name) => {
    const [label, ...rest] = name.split('/');
    return { name, split: null, label: rest.length > 0 ? label! : null };
  });
}

/** Files that are no images lie beside them in most folders. */
async function imagesBelow(root: string, folder: string): Promise<string[]> {
  const [images] = await walkImages(root, folder);
  return images;
}
