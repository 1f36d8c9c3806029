import { groundOf, type Ground } from './ground.ts';
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

/** A line of `length` pixels, black but for `count` from `start` on. */
interface Line {
  readonly length: number;
  readonly start: number;
  readonly count: number;
}

/**
 * Pillow's precompute_coeffs and normalize_coeffs_8bpc: the filter is widened when shrinking, so that all input counts. Weights of
 * black pixels are left out.
 */
function kernelOf(filter: Filter, { length, start, count }: Line, to: number): Kernel {
  const key = [filter.name, length, start, count, to].join(' ');
  const known = kernels.get(key);
  if (known) return known;
  const scale = length / to;
  const stretched = Math.max(scale, 1);
  const support = filter.support * stretched;
  const spans = Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * scale;
    const begin = Math.max(Math.trunc(center - support + 0.5), 0);
    return { center, begin, end: Math.min(Math.trunc(center + support + 0.5), length) };
  });
  const longest = spans.reduce((most, { begin, end }) => Math.max(most, end - begin), 0);
  const taps = Math.min(longest, count);
  const first = new Int32Array(to);
  const weights = new Int32Array(to * taps);
  const raw = new Float64Array(longest);
  for (const [i, { center, begin, end }] of spans.entries()) {
    let sum = 0;
    for (let k = begin; k < end; k++) {
      raw[k - begin] = filter.weight((k - center + 0.5) * (1 / stretched));
      sum += raw[k - begin]!;
    }
    // Sums of fewer weights get some of 0; they begin earlier where the line ends.
    first[i] = Math.min(Math.max(begin - start, 0), count - taps);
    const place = i * taps - start - first[i]!;
    for (let k = Math.max(begin, start); k < Math.min(end, start + count); k++) {
      const weight = raw[k - begin]!;
      const fixed = (sum === 0 ? weight : weight / sum) * (1 << precisionBits);
      weights[place + k] = Math.trunc(fixed < 0 ? fixed - 0.5 : fixed + 0.5);
    }
  }
  if (kernels.size >= mostKernels) kernels.clear();
  const kernel = { taps, first, weights };
  kernels.set(key, kernel);
  return kernel;
}

function resizeWidth(
  filter: Filter,
  image: RgbImage,
  { width: length, left: start }: Ground,
  width: number,
  data: Uint8Array = new Uint8Array(width * image.height * 3),
): RgbImage {
  const line = { length, start, count: image.width };
  if (width === image.width && width === length) data.set(image.data);
  else resampler().alongRows(image, kernelOf(filter, line, width), data);
  return { width, height: image.height, data };
}

function resizeHeight(
  filter: Filter,
  image: RgbImage,
  { height: length, top: start }: Ground,
  height: number,
  data: Uint8Array = new Uint8Array(image.width * height * 3),
): RgbImage {
  const line = { length, start, count: image.height };
  if (height === image.height && height === length) data.set(image.data);
  else resampler().acrossRows(image, kernelOf(filter, line, height), data);
  return { width: image.width, height, data };
}

/**
 * Resizes to `width` x `height` exactly as Pillow's `resize(..., BILINEAR)` (libImaging/Resample.c): antialiased, rounded
 * to 8 bits in between; a side that keeps its length is left alone. Rows come first, but for an image more than 100 times
 * as high as wide whose height shrinks. Into `data` where it is given; the image together with the `ground` that it lies on.
 */
export function resizeBilinear(...[image, width, height, data, ground]: ResizeArguments): RgbImage {
  return resizeFiltered(triangle, image, { width, height }, data, ground);
}

/** The same as Pillow's `resize(..., BICUBIC)`: sharper, and beyond edges a little lighter or darker than any pixel. */
export function resizeBicubic(...[image, width, height, data, ground]: ResizeArguments): RgbImage {
  return resizeFiltered(cubic, image, { width, height }, data, ground);
}

type ResizeArguments = [image: RgbImage, width: number, height: number, data?: Uint8Array, ground?: Ground];

function resizeFiltered(
  filter: Filter,
  image: RgbImage,
  { width, height }: { readonly width: number; readonly height: number },
  data?: Uint8Array,
  ground: Ground = groundOf(image),
): RgbImage {
  return image.height > 100 * image.width && height < ground.height
    ? resizeWidth(filter, resizeHeight(filter, image, ground, height), ground, width, data)
    : resizeHeight(filter, resizeWidth(filter, image, ground, width), ground, height, data);
}
