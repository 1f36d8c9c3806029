/** What is erased of one image, as Keras 3.15's `RandomErasing`: columns and rows from `left` and `top` to below `right` and `bottom`. */
export interface Erased {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** What stands there instead, 0 to 255, asked for each value. */
  readonly fill: () => number;
}

/** Fills a rectangle of RGB values, `size * size * 3`, in place. */
export function erase(pixels: Float32Array, size: number, { left, right, top, bottom, fill }: Erased): void {
  for (let y = Math.ceil(top); y < Math.min(bottom, size); y++) {
    for (let x = Math.ceil(left); x < Math.min(right, size); x++) {
      for (let channel = 0; channel < 3; channel++) pixels[(y * size + x) * 3 + channel] = fill();
    }
  }
}
