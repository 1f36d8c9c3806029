/** Keeps the upper `bits` of each value's 8, as Keras's `RandomPosterization`; fractions are cut off. In place, as all here. */
export function posterize(pixels: Float32Array, bits: number): void {
  const mask = 255 & (255 << (8 - bits));
  for (let i = 0; i < pixels.length; i++) pixels[i] = pixels[i]! & mask;
}

/** Takes values from `threshold` on from 255, as Keras's `Solarization`. */
export function solarize(pixels: Float32Array, threshold: number): void {
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i]!;
    if (value >= threshold) pixels[i] = 255 - value;
  }
}

/** Stretches each channel to 0 to 255, as Keras's `AutoContrast`; one of a single value stays as it is. */
export function autoContrast(pixels: Float32Array): void {
  for (let channel = 0; channel < 3; channel++) {
    let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = channel; i < pixels.length; i += 3) {
      const value = pixels[i]!;
      if (value < least) least = value;
      if (value > largest) largest = value;
    }
    if (least === largest) continue;
    const scale = 255 / (largest - least);
    for (let i = channel; i < pixels.length; i += 3) pixels[i] = (pixels[i]! - least) * scale;
  }
}

/** Makes the values of each channel equally frequent by its histogram of 256 bins, as Keras's `Equalization`; one of a single bin stays. */
export function equalize(pixels: Float32Array): void {
  for (let channel = 0; channel < 3; channel++) {
    const counts = new Uint32Array(256);
    for (let i = channel; i < pixels.length; i += 3) counts[pixels[i]! | 0]!++;
    const first = counts.findIndex((count) => count > 0);
    const others = pixels.length / 3 - counts[first]!;
    if (others === 0) continue;
    let below = -counts[first]!;
    const table = Float32Array.from(counts, (count) => {
      below += count;
      return Math.max(Math.round((255 * below) / others), 0);
    });
    for (let i = channel; i < pixels.length; i += 3) pixels[i] = table[pixels[i]! | 0]!;
  }
}
