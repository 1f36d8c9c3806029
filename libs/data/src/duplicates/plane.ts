/** One channel of an image, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export function newPlane(width: number, height: number): Plane {
  return { width, height, data: new Float32Array(width * height) };
}

/**
 * Writes the plane to `to`, blurred so that the variance of its blur grows by `variance` (square pixels), and what that changed to
 * `change`. Three taps `reach` pixels apart along rows, then along columns, on what the last level left smooth (the "à trous"
 * scheme, Holschneider et al. 1989): several times faster than sampling a Gaussian. Beyond its edges the plane goes on as
 * its outermost pixels. `rows` is scratch of at least the plane's length.
 */
export function blur(
  { width, height, data }: Plane,
  variance: number,
  rows: Float32Array,
  to: Plane,
  change?: Plane,
): void {
  const reach = Math.max(1, Math.ceil(Math.sqrt(1.5 * variance) - 1e-9));
  const side = variance / (2 * reach * reach);
  blurRows(data, width, height, reach, side, rows);
  blurColumns(rows, width, height, reach, side, to.data);
  if (change) subtract(to.data, data, change.data);
}

function blurRows(
  data: Float32Array,
  width: number,
  height: number,
  reach: number,
  side: number,
  rows: Float32Array,
): void {
  const middle = 1 - 2 * side;
  const edge = Math.min(reach, width);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const end = row + width - 1;
    for (let x = 0; x < edge; x++) {
      const left = row + x;
      const right = end - x;
      rows[left] = middle * data[left]! + side * (data[row]! + data[Math.min(end, left + reach)]!);
      rows[right] = middle * data[right]! + side * (data[Math.max(row, right - reach)]! + data[end]!);
    }
    for (let at = row + reach; at <= end - reach; at++) {
      rows[at] = middle * data[at]! + side * (data[at - reach]! + data[at + reach]!);
    }
  }
}

function blurColumns(
  rows: Float32Array,
  width: number,
  height: number,
  reach: number,
  side: number,
  to: Float32Array,
): void {
  const middle = 1 - 2 * side;
  for (let y = 0; y < height; y++) {
    const above = (Math.max(0, y - reach) - y) * width;
    const below = (Math.min(height - 1, y + reach) - y) * width;
    const end = (y + 1) * width;
    for (let at = y * width; at < end; at++) {
      to[at] = middle * rows[at]! + side * (rows[at + above]! + rows[at + below]!);
    }
  }
}

function subtract(a: Float32Array, b: Float32Array, to: Float32Array): void {
  for (let i = 0; i < to.length; i++) to[i] = a[i]! - b[i]!;
}

/** Writes every second pixel of every second row to `to`, which is half as wide and high (rounded down); blur first. */
export function halve({ width, data }: Plane, to: Plane): void {
  for (let y = 0, at = 0; y < to.height; y++) {
    for (let x = 0, from = 2 * y * width; x < to.width; x++, from += 2) to.data[at++] = data[from]!;
  }
}
