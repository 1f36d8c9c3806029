import { resampler, type Kernel } from './resampler.ts';
import type { RgbImage } from '../rgb-image.ts';

/** Pillow's PRECISION_BITS: 32 bits less 8 for the pixel and 2 for overshoot. */
const precisionBits = 32 - 8 - 2;
/** Images of a data set mostly share their size. */
const mostKernels = 8;
const kernels = new Map<string, Kernel>();

/** Pillow's precompute_coeffs and normalize_coeffs_8bpc with the triangle filter: widened when shrinking, so that all input counts. */
function triangleKernel(from: number, to: number): Kernel {
  const key = `${from} ${to}`;
  const known = kernels.get(key);
  if (known) return known;
  const scale = from / to;
  const support = Math.max(scale, 1);
  const sums = Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * scale;
    const start = Math.max(Math.trunc(center - support + 0.5), 0);
    const end = Math.min(Math.trunc(center + support + 0.5), from);
    const raw = Array.from({ length: end - start }, (_, k) =>
      Math.max(1 - Math.abs((k + start - center + 0.5) * (1 / support)), 0),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    const weights = raw.map((weight) =>
      Math.trunc(0.5 + (sum === 0 ? weight : weight / sum) * (1 << precisionBits)),
    );
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
  image: RgbImage,
  width: number,
  data: Uint8Array = new Uint8Array(width * image.height * 3),
): RgbImage {
  if (width === image.width) data.set(image.data);
  else resampler().alongRows(image, triangleKernel(image.width, width), data);
  return { width, height: image.height, data };
}

function resizeHeight(
  image: RgbImage,
  height: number,
  data: Uint8Array = new Uint8Array(image.width * height * 3),
): RgbImage {
  if (height === image.height) data.set(image.data);
  else resampler().acrossRows(image, triangleKernel(image.height, height), data);
  return { width: image.width, height, data };
}

/**
 * Resizes to `width` x `height` exactly as Pillow's `resize(..., BILINEAR)` (libImaging/Resample.c): antialiased, rounded
 * to 8 bits in between; a side that keeps its length is left alone. Rows come first, but for an image more than 100 times
 * as high as wide whose height shrinks. Into `data` where it is given.
 */
export function resizeBilinear(image: RgbImage, width: number, height: number, data?: Uint8Array): RgbImage {
  return image.height > 100 * image.width && height < image.height
    ? resizeWidth(resizeHeight(image, height), width, data)
    : resizeHeight(resizeWidth(image, width), height, data);
}
