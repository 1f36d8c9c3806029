/** One channel of an image, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/**
 * The plane blurred so that the variance of its blur grows by `variance` (square pixels). Three taps `reach` pixels apart along
 * rows, then along columns, on what the last level left smooth (the "à trous" scheme, Holschneider et al. 1989): several times
 * faster than sampling a Gaussian. Beyond its edges the plane goes on as its outermost pixels.
 */
export function blur({ width, height, data }: Plane, variance: number): Plane {
  const reach = Math.max(1, Math.ceil(Math.sqrt(1.5 * variance) - 1e-9));
  const side = variance / (2 * reach * reach);
  const middle = 1 - 2 * side;
  const rows = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const end = row + width - 1;
    const edge = Math.min(reach, width);
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
  const result = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const above = (Math.max(0, y - reach) - y) * width;
    const below = (Math.min(height - 1, y + reach) - y) * width;
    for (let at = y * width; at < (y + 1) * width; at++) {
      result[at] = middle * rows[at]! + side * (rows[at + above]! + rows[at + below]!);
    }
  }
  return { width, height, data: result };
}

/** Every second pixel of every second row; blur first. */
export function halve({ width, height, data }: Plane): Plane {
  const [halfWidth, halfHeight] = [width >> 1, height >> 1];
  const result = new Float32Array(halfWidth * halfHeight);
  for (let y = 0, to = 0; y < halfHeight; y++) {
    for (let x = 0, from = 2 * y * width; x < halfWidth; x++, from += 2) result[to++] = data[from]!;
  }
  return { width: halfWidth, height: halfHeight, data: result };
}
