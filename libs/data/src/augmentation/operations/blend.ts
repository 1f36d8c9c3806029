/** Blends of an image with a plainer one, as Pillow's `ImageEnhance`: a factor of 0 gives the plain one, 1 the image, more its opposite. */

const clip = (value: number) => (value < 0 ? 0 : value > 255 ? 255 : value);

/** Black is the plain image. Changes 0 to 255 values in place, as all here do. */
export function multiplyValues(pixels: Float32Array, factor: number): void {
  for (let i = 0; i < pixels.length; i++) pixels[i] = clip(pixels[i]! * factor);
}

/** Grey, by the weights of Keras's `rgb_to_grayscale`, is the plain image. */
export function changeColor(pixels: Float32Array, factor: number): void {
  for (let i = 0; i < pixels.length; i += 3) {
    const grey = 0.2989 * pixels[i]! + 0.587 * pixels[i + 1]! + 0.114 * pixels[i + 2]!;
    for (let at = i; at < i + 3; at++) pixels[at] = clip(grey + factor * (pixels[at]! - grey));
  }
}

/** What Pillow's SMOOTH filter gives is the plain image; the border, where the filter would reach beyond, stays as it is. */
export function addSharpness(pixels: Float32Array, size: number, factor: number): void {
  const before = pixels.slice();
  const row = 3 * size;
  for (let y = 1; y < size - 1; y++) {
    for (let i = y * row + 3; i < (y + 1) * row - 3; i++) {
      const around =
        before[i - row - 3]! +
        before[i - row]! +
        before[i - row + 3]! +
        before[i - 3]! +
        before[i + 3]! +
        before[i + row - 3]! +
        before[i + row]! +
        before[i + row + 3]!;
      const smooth = (around + 5 * before[i]!) / 13;
      pixels[i] = clip(smooth + factor * (before[i]! - smooth));
    }
  }
}
