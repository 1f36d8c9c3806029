/** One image's blur, as Keras 3.15's `RandomGaussianBlur`. */
export interface Blur {
  /** Odd, in pixels. */
  readonly kernelSize: number;
  /** Standard deviations in pixels. */
  readonly sigmaX: number;
  readonly sigmaY: number;
}

/** Blurs RGB values, `size * size * 3`, in place. Beyond the border lies the border's colour (Keras takes black). */
export function gaussianBlur(pixels: Float32Array, size: number, { kernelSize, sigmaX, sigmaY }: Blur): void {
  const rows = new Float32Array(pixels.length);
  alongAxis(pixels, rows, size, kernelOf(kernelSize, sigmaX), { step: 3, line: 3 * size });
  alongAxis(rows, pixels, size, kernelOf(kernelSize, sigmaY), { step: 3 * size, line: 3 });
}

function kernelOf(size: number, sigma: number): number[] {
  const center = (size - 1) / 2;
  const weights = Array.from({ length: size }, (_, i) => Math.exp(-((i - center) ** 2) / (2 * sigma ** 2)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** `step` values lie between neighbours on a line, `line` between lines. */
function alongAxis(
  from: Float32Array,
  to: Float32Array,
  size: number,
  kernel: readonly number[],
  { step, line }: { step: number; line: number },
): void {
  const half = (kernel.length - 1) / 2;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      for (let channel = 0; channel < 3; channel++) {
        const start = y * line + channel;
        let sum = 0;
        for (let k = -half; k <= half; k++) {
          const at = Math.min(Math.max(x + k, 0), size - 1);
          sum += kernel[k + half]! * from[start + at * step]!;
        }
        to[start + x * step] = sum;
      }
    }
  }
}
