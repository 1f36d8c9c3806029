import { resampler, type Kernel } from './resampler.ts';
import type { RgbImage } from '../rgb-image.ts';

/** Pillow's PRECISION_BITS: 32 bits less 8 for the pixel and 2 for overshoot. */
const precisionBits = 32 - 8 - 2;
/** Images of a data set mostly share their size. */
const mostKernels = 8;
const kernels = new Map<string, Kernel>();

/** A filter of Pillow's (libImaging/Resample.c): weights by distance in pixels, 0 from `support` on. */
interface Filter {
  readonly name: string;
  readonly support: number;
  readonly weight: (distance: number) => number;
}

const triangle: Filter = {
  name: 'bilinear',
  support: 1,
  weight: (distance) => Math.max(1 - Math.abs(distance), 0),
};

/** Keys's cubic with a = -0.5. */
const cubic: Filter = {
  name: 'bicubic',
  support: 2,
  weight: (distance) => {
    const x = Math.abs(distance);
    if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
  },
};

/** Pillow's precompute_coeffs and normalize_coeffs_8bpc: the filter is widened when shrinking, so that all input counts. */
function kernelOf(filter: Filter, from: number, to: number): Kernel {
  const key = `${filter.name} ${from} ${to}`;
  const known = kernels.get(key);
  if (known) return known;
  const scale = from / to;
  const stretched = Math.max(scale, 1);
  const support = filter.support * stretched;
  const sums = Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * scale;
    const start = Math.max(Math.trunc(center - support + 0.5), 0);
    const end = Math.min(Math.trunc(center + support + 0.5), from);
    const raw = Array.from({ length: end - start }, (_, k) =>
      filter.weight((k + start - center + 0.5) * (1 / stretched)),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    const weights = raw.map((weight) => {
      const fixed = (sum === 0 ? weight : weight / sum) * (1 << precisionBits);
      return Math.trunc(fixed < 0 ? fixed - 0.5 : fixed + 0.5);
    });
    return { start, weights };
  });
  const taps = Math.max(...sums.map(({ weights }) => weights.length));
  const first = new Int32Array(to);
  const weights = new Int32Array(to * taps);
  for (const [i, sum] of sums.entries()) {
    // Sums of fewer weights get some of 0; they begin earlier where the line ends.
    first[i] = Math.min(sum.start, from - taps);
    weights.set(sum.weights, i * taps + sum.start - first[i]!);
  }
  if (kernels.size >= mostKernels) kernels.clear();
  const kernel = { taps, first, weights };
  kernels.set(key, kernel);
  return kernel;
}

function resizeWidth(
  filter: Filter,
  image: RgbImage,
  width: number,
  data: Uint8Array = new Uint8Array(width * image.height * 3),
): RgbImage {
  if (width === image.width) data.set(image.data);
  else resampler().alongRows(image, kernelOf(filter, image.width, width), data);
  return { width, height: image.height, data };
}

function resizeHeight(
  filter: Filter,
  image: RgbImage,
  height: number,
  data: Uint8Array = new Uint8Array(image.width * height * 3),
): RgbImage {
  if (height === image.height) data.set(image.data);
  else resampler().acrossRows(image, kernelOf(filter, image.height, height), data);
  return { width: image.width, height, data };
}

/**
 * Resizes to `width` x `height` exactly as Pillow's `resize(..., BILINEAR)` (libImaging/Resample.c): antialiased, rounded
 * to 8 bits in between; a side that keeps its length is left alone. Rows come first, but for an image more than 100 times
 * as high as wide whose height shrinks. Into `data` where it is given.
 */
export function resizeBilinear(image: RgbImage, width: number, height: number, data?: Uint8Array): RgbImage {
  return resizeFiltered(triangle, image, { width, height }, data);
}

/** The same as Pillow's `resize(..., BICUBIC)`: sharper, and beyond edges a little lighter or darker than any pixel. */
export function resizeBicubic(image: RgbImage, width: number, height: number, data?: Uint8Array): RgbImage {
  return resizeFiltered(cubic, image, { width, height }, data);
}

function resizeFiltered(
  filter: Filter,
  image: RgbImage,
  { width, height }: { readonly width: number; readonly height: number },
  data?: Uint8Array,
): RgbImage {
  return image.height > 100 * image.width && height < image.height
    ? resizeWidth(filter, resizeHeight(filter, image, height), width, data)
    : resizeHeight(filter, resizeWidth(filter, image, width), height, data);
}
