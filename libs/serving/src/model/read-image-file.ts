import { readFile } from 'node:fs/promises';
import { ImageRefused, type ImageLimits } from '@thaw/data';
import type { Classifier } from './classifier.ts';

/** The pixels of a file as `Classifier.pixels` gives them, or what is wrong with it. */
export async function readImageFile(
  classifier: Classifier,
  file: string,
  limits: ImageLimits,
): Promise<{ readonly pixels: Uint8Array } | { readonly problem: string }> {
  try {
    return { pixels: await classifier.pixels(await readFile(file), limits) };
  } catch (error) {
    if (error instanceof ImageRefused) return { problem: error.message };
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { problem: `cannot be read: ${message}` };
  }
}
