import type { RgbImage } from './rgb-image.ts';

/** Pillow's PRECISION_BITS: 32 bits less 8 for the pixel and 2 for overshoot. */
const precisionBits = 32 - 8 - 2;

/** For each output position the first input position and the weights from there on, in fixed point. */
interface Kernel {
  readonly first: Int32Array;
  readonly weights: readonly Int32Array[];
}

/** Pillow's precompute_coeffs and normalize_coeffs_8bpc with the triangle filter: widened when shrinking, so that all input counts. */
function triangleKernel(from: number, to: number): Kernel {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const first = new Int32Array(to);
  const weights = Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * scale;
    const start = Math.max(Math.trunc(center - support + 0.5), 0);
    const end = Math.min(Math.trunc(center + support + 0.5), from);
    first[i] = start;
    const raw = Array.from({ length: end - start }, (_, k) =>
      Math.max(1 - Math.abs((k + start - center + 0.5) * (1 / support)), 0),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return Int32Array.from(raw, (weight) =>
      Math.trunc(0.5 + (sum === 0 ? weight : weight / sum) * (1 << precisionBits)),
    );
  });
  return { first, weights };
}

/** Resamples `lines` rows or columns of RGB pixels; `step` leads to the next pixel of a line, `line` to the next line. */
function resample(
  data: Uint8Array,
  { first, weights }: Kernel,
  lines: number,
  from: { step: number; line: number },
  to: { step: number; line: number },
): Uint8Array {
  const half = 1 << (precisionBits - 1);
  // Clamped: weights may sum to a little more than one.
  const result = new Uint8ClampedArray(lines * weights.length * 3);
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < weights.length; i++) {
      const kernel = weights[i]!;
      const start = line * from.line + first[i]! * from.step;
      let red = half;
      let green = half;
      let blue = half;
      for (let k = 0, at = start; k < kernel.length; k++, at += from.step) {
        const weight = kernel[k]!;
        red += data[at]! * weight;
        green += data[at + 1]! * weight;
        blue += data[at + 2]! * weight;
      }
      const end = line * to.line + i * to.step;
      result[end] = red >> precisionBits;
      result[end + 1] = green >> precisionBits;
      result[end + 2] = blue >> precisionBits;
    }
  }
  return new Uint8Array(result.buffer);
}

function resizeWidth(image: RgbImage, width: number): RgbImage {
  if (width === image.width) return image;
  const { data, height } = image;
  const kernel = triangleKernel(image.width, width);
  const layout = (side: number) => ({ step: 3, line: side * 3 });
  return { width, height, data: resample(data, kernel, height, layout(image.width), layout(width)) };
}

function resizeHeight(image: RgbImage, height: number): RgbImage {
  if (height === image.height) return image;
  const { data, width } = image;
  const kernel = triangleKernel(image.height, height);
  const layout = { step: width * 3, line: 3 };
  return { width, height, data: resample(data, kernel, width, layout, layout) };
}

/**
 * Resizes to `width` x `height` exactly as Pillow's `resize(..., BILINEAR)` (libImaging/Resample.c): antialiased, rounded
 * to 8 bits in between; a side that keeps its length is left alone. Rows come first, but for an image more than 100 times
 * as high as wide whose height shrinks.
 */
export function resizeBilinear(image: RgbImage, width: number, height: number): RgbImage {
  return image.height > 100 * image.width && height < image.height
    ? resizeWidth(resizeHeight(image, height), width)
    : resizeHeight(resizeWidth(image, width), height);
}
