const levels = 8;
/** Up to here in every channel a pixel counts as a black border, which augmentation leaves and which says nothing. */
const black = 8;

/**
 * How often each of 512 colours (8 levels a channel) occurs, as square roots of shares, so that the cosine of two histograms is
 * the Bhattacharyya coefficient. `pixels` are RGB, 0 to 255, three a pixel. Zeros where all is black.
 */
export function colorHistogram(pixels: Uint8Array): Float32Array {
  const counts = new Float32Array(levels ** 3);
  let counted = 0;
  for (let i = 0; i + 2 < pixels.length; i += 3) {
    const [red, green, blue] = [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!];
    if (red <= black && green <= black && blue <= black) continue;
    const bin = [red, green, blue].reduce(
      (index, value) => index * levels + Math.floor((value * levels) / 256),
      0,
    );
    counts[bin]!++;
    counted++;
  }
  return counts.map((count) => Math.sqrt(count / Math.max(1, counted)));
}
