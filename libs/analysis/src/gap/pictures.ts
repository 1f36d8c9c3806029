import type { ImageFile } from '@thaw/data';
import type { FileMistake } from './surest-mistakes.ts';
import { thumbnail } from './thumbnails.ts';

export interface MistakePicture extends FileMistake {
  readonly path: string;
  readonly jpeg: Buffer;
}

interface Side {
  readonly file: string;
  readonly path: string;
  readonly jpeg: Buffer;
}

/** Two images of one photograph: what the run learned from or was chosen by, and what it was measured on. */
export interface TwinPicture {
  /** Class name. */
  readonly label: string;
  readonly known: Side;
  readonly measured: Side;
}

/** Mistakes with their pictures; those whose images are not known are left out. */
export async function mistakePictures(
  mistakes: readonly FileMistake[],
  images: ReadonlyMap<string, ImageFile>,
): Promise<MistakePicture[]> {
  const known = mistakes.filter(({ file }) => images.has(file));
  return Promise.all(
    known.map(async (mistake) => {
      const { path } = images.get(mistake.file)!;
      return { ...mistake, path, jpeg: await thumbnail(path) };
    }),
  );
}

export async function twinPictures(
  pairs: readonly { readonly class: string; readonly known: string; readonly measured: string }[],
  images: ReadonlyMap<string, ImageFile>,
): Promise<TwinPicture[]> {
  const side = async (file: string) => {
    const { path } = images.get(file)!;
    return { file, path, jpeg: await thumbnail(path) };
  };
  return Promise.all(
    pairs.map(async ({ class: label, known, measured }) => ({
      label,
      known: await side(known),
      measured: await side(measured),
    })),
  );
}
