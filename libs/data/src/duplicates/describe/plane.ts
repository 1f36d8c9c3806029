/** One channel of an image, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Writes every second pixel of every second row to `to`, which is half as wide and high (rounded down); blur first. */
export function halve({ width, data }: Plane, to: Plane): void {
  for (let y = 0, at = 0; y < to.height; y++) {
    for (let x = 0, from = 2 * y * width; x < to.width; x++, from += 2) to.data[at++] = data[from]!;
  }
}
