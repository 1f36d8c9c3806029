import type { Affinity } from './affinity.ts';

/** What a warp is made of: 1, u, v, u², uv, v², where u and v are 0 in the middle of an image and 1 half its longer side away. */
export const terms = 6;

/**
 * A smooth map from one image's pixels to another's: x' and y' are sums of the terms by the first and the last six numbers. An affine
 * map with what perspective and bending add to it.
 */
export interface Warp {
  readonly coefficients: Float64Array;
  readonly middleX: number;
  readonly middleY: number;
  readonly scale: number;
}

/** An affine map as a warp of an image of `width` times `height` pixels. */
export function warpOf([a, b, c, d, e, f]: Affinity, width: number, height: number): Warp {
  const [middleX, middleY, scale] = [width / 2, height / 2, 2 / Math.max(width, height)];
  const coefficients = new Float64Array(2 * terms);
  coefficients.set([a * middleX + b * middleY + c, a / scale, b / scale]);
  coefficients.set([d * middleX + e * middleY + f, d / scale, e / scale], terms);
  return { coefficients, middleX, middleY, scale };
}

/** The affine map that is nearest a warp in the image's middle. */
export function affinityOf(warp: Warp): Affinity {
  return affinityAt(warp, warp.middleX, warp.middleY);
}

/** The affine map that is nearest a warp at the pixel (x, y). */
export function affinityAt({ coefficients, middleX, middleY, scale }: Warp, x: number, y: number): Affinity {
  const [u, v] = [(x - middleX) * scale, (y - middleY) * scale];
  const [a, b, c] = tangentAt(coefficients, 0, u, v, scale);
  const [d, e, f] = tangentAt(coefficients, terms, u, v, scale);
  return [a, b, c - a * x - b * y, d, e, f - d * x - e * y];
}

/** What a step right and a step down add to the sum of six terms from `first` on, and the sum. */
function tangentAt(
  coefficients: Float64Array,
  first: number,
  u: number,
  v: number,
  scale: number,
): [right: number, down: number, value: number] {
  const [byU, byV] = [coefficients[first + 1]!, coefficients[first + 2]!];
  const [byUU, byUV, byVV] = [coefficients[first + 3]!, coefficients[first + 4]!, coefficients[first + 5]!];
  return [
    (byU + 2 * byUU * u + byUV * v) * scale,
    (byV + 2 * byVV * v + byUV * u) * scale,
    coefficients[first]! + byU * u + byV * v + byUU * u * u + byUV * u * v + byVV * v * v,
  ];
}
