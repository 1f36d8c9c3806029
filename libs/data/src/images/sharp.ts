import { createRequire } from 'node:module';
import type Library from 'sharp';
import type { Sharp, SharpInput, SharpOptions } from 'sharp';

const require = createRequire(import.meta.url);

let loaded: typeof Library | null = null;

/** sharp, a native library that takes a tenth of a second to load, from the first image on: a mistake in a file is said without it. */
export function sharp(input: SharpInput | SharpOptions, options?: SharpOptions): Sharp {
  return library()(input as SharpInput, options);
}

/** Of sharp and of libvips, which it brings along. */
export function sharpVersions(): { readonly sharp: string; readonly vips: string } {
  const { sharp: own, vips } = library().versions;
  return { sharp: own!, vips };
}

function library(): typeof Library {
  if (loaded === null) {
    loaded = require('sharp') as typeof Library;
    // Images are decoded many at a time, so threads inside one image only cost; each file is read once, so nothing is kept.
    loaded.concurrency(1);
    loaded.cache(false);
  }
  return loaded;
}
