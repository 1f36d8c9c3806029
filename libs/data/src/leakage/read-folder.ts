import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '@thaw/base';
import type { FilesDataset } from '@thaw/experiment';
import type { SkippedFile } from '../dataset.ts';
import type { ValueRange } from '../images/deep-image.ts';
import { inspectFiles } from '../inspection/inspect-files.ts';
import { isDeepLook, rangeOf } from '../inspection/look-warnings.ts';
import { detectLayout } from '../layouts/detect-layout.ts';
import type { ListedFile } from '../layouts/layout.ts';
import { layouts } from '../layouts/layouts.ts';
import { readingNotes } from '../layouts/listing.ts';
import { limitPerClass } from '../limit-per-class.ts';
import { partOrder } from '../layouts/part-names.ts';
import type { Split } from './crossings.ts';

/** An image of a folder that need not be a whole data set. */
export interface FolderImage {
  /** Absolute. */
  readonly path: string;
  /** Relative to the folder, with `/` between parts. */
  readonly name: string;
  readonly sha256: string;
  /** Null where the layout brings no parts. */
  readonly split: Split | null;
  /** Its class; null for an image outside every one. */
  readonly label: string | null;
}

export interface FolderImages {
  readonly layout: FilesDataset['layout'];
  /** Train, validation, test, each in Keras's order. */
  readonly images: readonly FolderImage[];
  /** Images that cannot be read, and why. */
  readonly skipped: readonly SkippedFile[];
  /** Folders beside those of the layout, which were not looked at. */
  readonly ignored: readonly string[];
  /** What values of more than eight bits are scaled by: under `depth: auto` the range of images of a class, test images aside. */
  readonly depthRange: ValueRange | null;
  /** How the folder was read where that is not a matter of course, and what a sweep would refuse about it; each a sentence. */
  readonly notes: readonly string[];
}

/** How to read a folder, as `dataset` in an experiment file says it; without a layout it is looked up. */
export type FolderSettings = Omit<FilesDataset, 'layout'> & {
  readonly layout: FilesDataset['layout'] | null;
};

/**
 * Reads the images of a folder as a sweep would, but with no demands on a data set: one class or none will do, and what is no
 * readable image is left out. Without a layout it is the one that `detectLayout` finds. Throws a UserError where there is no
 * such folder, the layout's parts are missing, or no image can be read.
 */
export async function readFolder(
  settings: FolderSettings,
  options: {
    readonly cacheDir: string;
    /** Leaves the images of a test set alone: none is opened, or in what comes back. */
    readonly withoutTest?: boolean;
    readonly onProgress?: (done: number, total: number) => void;
    readonly signal?: AbortSignal;
  },
): Promise<FolderImages> {
  const folder = await requireFolder(settings.path);
  const layout = settings.layout ?? (await detectLayout(folder));
  const listing = await layouts[layout](folder, { ...settings, layout });
  const files = options.withoutTest ? listing.files.filter(({ set }) => set !== 'test') : listing.files;
  const listed = inOrder(limitPerClass(files, settings.limit_per_class));
  if (listed.length === 0) throw nothingListed(folder, layout, listing.problems);
  const { hashes, looks, bad } = await inspectFiles(
    folder,
    listed.map(({ name }) => name),
    options,
  );
  if (hashes.size === 0) {
    const { name, reason } = bad[0]!;
    throw new UserError(`${folder}: none of ${listed.length} images can be read; ${name}: ${reason}`);
  }
  const readable = listed.filter(({ name }) => hashes.has(name));
  const learned = readable.filter(({ label, set }) => label !== null && set !== 'test');
  const deep = learned.map(({ name }) => looks.get(name)!).filter(isDeepLook);
  return {
    layout,
    images: readable.map(({ name, label, set }) => {
      return { path: join(folder, name), name, sha256: hashes.get(name)!, split: set, label };
    }),
    skipped: bad,
    ignored: listing.ignored,
    depthRange: settings.depth === 'auto' ? rangeOf(deep) : null,
    notes: [
      ...readingNotes({ ...listing, ignored: [] }),
      ...listing.problems.map((problem) => `a sweep would refuse the folder: ${problem}`),
    ],
  };
}

/** The absolute path of a folder; a UserError where there is none. */
export async function requireFolder(path: string): Promise<string> {
  const folder = resolve(path);
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory()) return folder;
  throw new UserError(`${folder} is ${found ? 'a file' : 'not there'}; a folder of images is needed`, {
    kind: found ? 'invalid' : 'not-found',
  });
}

function inOrder(files: readonly ListedFile[]): ListedFile[] {
  const rank = ({ set }: ListedFile) => (set === null ? 0 : partOrder.indexOf(set));
  return [...files].sort((a, b) => rank(a) - rank(b));
}

function nothingListed(folder: string, layout: string, problems: readonly string[]): UserError {
  const why = problems.length === 0 ? '' : `; ${problems.slice(0, 5).join('; ')}`;
  return new UserError(
    `${folder} holds no images (png, jpg, bmp, ppm, tif, webp or gif files), read as ${layout}${why}`,
    { remedy: { do: 'choose', what: 'layout of images' } },
  );
}
