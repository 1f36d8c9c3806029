/** Where Keras keeps most of its published files. */
export const kerasApplications = 'https://storage.googleapis.com/tensorflow/keras-applications';

/** Keras's `_make_divisible`, `_depth` and `round_filters`: the nearest multiple of 8, at least 8, never below 90 % of the value. */
export function makeDivisible(value: number): number {
  const rounded = Math.max(8, Math.floor(Math.trunc(value + 4) / 8) * 8);
  return rounded < 0.9 * value ? rounded + 8 : rounded;
}

/** Keras's `correct_pad` for a kernel with stride 2: an even side is padded more at its end. */
export function correctPad(
  shape: readonly number[],
  kernelSize: number,
): [top: number, bottom: number, left: number, right: number] {
  const half = Math.floor(kernelSize / 2);
  const [top, left] = shape.slice(0, 2).map((side) => half - 1 + (side % 2));
  return [top!, half, left!, half];
}

/** An alpha as it stands in the name of a file: 1 is `1.0`. */
export function alphaText(alpha: number): string {
  return Number.isInteger(alpha) ? alpha.toFixed(1) : String(alpha);
}
