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

function kernelOf(size: number, sigma: number): Float64Array {
  const center = (size - 1) / 2;
  const weights = Float64Array.from({ length: size }, (_, i) =>
    Math.exp(-((i - center) ** 2) / (2 * sigma ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** `step` values lie between neighbours on a line, `line` between lines. */
function alongAxis(
  from: Float32Array,
  to: Float32Array,
  size: number,
  kernel: Float64Array,
  { step, line }: { step: number; line: number },
): void {
  const half = (kernel.length - 1) / 2;
  // Offsets of the neighbours of each place on a line, border ones repeated.
  const offsets = Int32Array.from({ length: size * kernel.length }, (_, i) => {
    const at = Math.floor(i / kernel.length) + (i % kernel.length) - half;
    return Math.min(Math.max(at, 0), size - 1) * step;
  });
  for (let y = 0; y < size; y++) {
    for (let x = 0, neighbour = 0; x < size; x++, neighbour += kernel.length) {
      let [first, second, third] = [0, 0, 0];
      for (let k = 0; k < kernel.length; k++) {
        const at = y * line + offsets[neighbour + k]!;
        const weight = kernel[k]!;
        first += weight * from[at]!;
        second += weight * from[at + 1]!;
        third += weight * from[at + 2]!;
      }
      const out = y * line + x * step;
      to[out] = first;
      to[out + 1] = second;
      to[out + 2] = third;
    }
  }
}
