import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { counted, mapConcurrently, sha256File } from '@thaw/base';
import type { SweepImage } from '@thaw/tracking';

/** How the images of a folder differ from those that something was trained on. */
export interface ChangedImages {
  readonly gone: number;
  /** With other contents under the same name. */
  readonly changed: number;
}

const atOnce = 32;

/**
 * Looks for images of a data set that are gone or have other contents since `trained`. Contents are read only of files whose inode
 * has changed since then, so that a look at thousands of images that nobody has touched takes parts of a second; what was added is
 * not looked for, because a trial need not take all images of its folder.
 */
export async function changedImages(
  folder: string,
  images: readonly SweepImage[],
  trained: Date,
): Promise<ChangedImages> {
  const found = await mapConcurrently(images, atOnce, async ({ name, sha256 }) => {
    const path = join(folder, name);
    const file = await stat(path).catch(() => null);
    if (file === null) return 'gone';
    if (file.ctimeMs <= trained.getTime()) return 'same';
    return (await sha256File(path)) === sha256 ? 'same' : 'changed';
  });
  return {
    gone: found.filter((each) => each === 'gone').length,
    changed: found.filter((each) => each === 'changed').length,
  };
}

/** The same in a sentence; null where nothing has changed. */
export function changedSentence({ gone, changed }: ChangedImages, images: number): string | null {
  const parts = [
    ...(gone > 0 ? [`${counted(gone, 'image')} ${gone === 1 ? 'is' : 'are'} gone`] : []),
    ...(changed > 0 ? [`${counted(changed, 'image')} ${changed === 1 ? 'has' : 'have'} other contents`] : []),
  ];
  if (parts.length === 0) return null;
  return `Of the ${counted(images, 'image')} that its sweep began with, ${parts.join(' and ')}.`;
}
