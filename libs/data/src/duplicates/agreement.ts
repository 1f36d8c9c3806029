import type { ResampledPlates } from './resampled-plate.ts';

/** Side of the patches that are compared, and how far they lie apart, in pixels of a plate. For a first look a quarter of them do. */
export const side = 7;
export const apart = 4;
/** Grey levels by which values within a patch must deviate in both images to show anything, or in one of them: noise deviates, too. */
const leastDeviation = { both: 1.5, one: 6 };
/** A patch with more contrast counts no more. */
const mostDeviation = 16;
/** Correlation of patches that may show the same, and of those that surely do. */
const alike = { perhaps: 0.8, surely: 0.9 };
/** Deviation of what is plain to see, and correlation of what differs for sure. */
const plain = 8;
const unlike = 0.5;

/** Where two images agree: for every patch (row by row, `columns` in a row), how much there is to see and whether it is the same. */
export interface PatchMap {
  readonly columns: number;
  readonly rows: number;
  /** Deviation of what is seen, at most `mostDeviation`; 0 where there is nothing, or one of the images shows nothing. */
  readonly weights: Float32Array;
  /** Correlation of what is seen; 0 where nothing is. */
  readonly correlations: Float32Array;
  /** 1 where both images show the patch. */
  readonly shown: Uint8Array;
}

export interface Agreement {
  /** Share of what is seen that is the same, 0 to 1. */
  readonly share: number;
  /** Mean correlation of what is seen, 0 to 1: brightness and contrast of whole patches do not count. */
  readonly correlation: number;
  /** Patches with something to see. */
  readonly patches: number;
  /** Those of them where at least one image shows something plain that the other does not. */
  readonly conflicts: number;
}

export function patchesOf(plates: ResampledPlates, step: 1 | 2 = 1): PatchMap {
  const { width, height } = plates;
  const columns = Math.max(0, Math.floor((width - side) / apart) + 1);
  const rows = Math.max(0, Math.floor((height - side) / apart) + 1);
  const weights = new Float32Array(columns * rows);
  const correlations = new Float32Array(columns * rows);
  const map = { columns, rows, weights, correlations, shown: new Uint8Array(columns * rows) };
  for (let row = 0; row < rows; row += step) {
    for (let column = 0; column < columns; column += step) {
      comparePatch(plates, column * apart, row * apart, map, row * columns + column);
    }
  }
  return map;
}

/** Pixels of a patch, and the sum of squares of their places along one side, from the middle. */
const pixels = side * side;
const half = (side - 1) / 2;
const placeSquares = (side * half * (half + 1) * side) / 3;

function comparePatch(
  { first, second, width }: ResampledPlates,
  left: number,
  top: number,
  { weights, correlations, shown }: PatchMap,
  at: number,
): void {
  let [sumA, squaresA, acrossA, downA] = [0, 0, 0, 0];
  for (let v = 0; v < side; v++) {
    const start = (top + v) * width + left;
    for (let u = 0; u < side; u++) {
      const value = first[start + u]!;
      if (value === 0) return;
      sumA += value;
      squaresA += value * value;
      acrossA += value * (u - half);
      downA += value * (v - half);
    }
  }
  const least = leastDeviation.both ** 2;
  const varianceA =
    (squaresA - (sumA * sumA) / pixels - (acrossA * acrossA + downA * downA) / placeSquares) / pixels;
  let [sumB, squaresB, acrossB, downB, products] = [0, 0, 0, 0, 0];
  for (let v = 0; v < side; v++) {
    const start = (top + v) * width + left;
    for (let u = 0; u < side; u++) {
      const value = second[start + u]!;
      sumB += value;
      squaresB += value * value;
      acrossB += value * (u - half);
      downB += value * (v - half);
      products += value * first[start + u]!;
    }
  }
  shown[at] = 1;
  const varianceB =
    (squaresB - (sumB * sumB) / pixels - (acrossB * acrossB + downB * downB) / placeSquares) / pixels;
  const variance = Math.max(varianceA, varianceB);
  if (Math.min(varianceA, varianceB) < least && variance < leastDeviation.one ** 2) return;
  const covariance =
    (products - (sumA * sumB) / pixels - (acrossA * acrossB + downA * downB) / placeSquares) / pixels;
  weights[at] = Math.min(mostDeviation, Math.sqrt(variance));
  correlations[at] = Math.max(
    0,
    covariance / Math.sqrt(Math.max(varianceA, least) * Math.max(varianceB, least)),
  );
}

export function agreementOf({ weights, correlations }: PatchMap): Agreement {
  let [same, all, sum, patches, conflicts] = [0, 0, 0, 0, 0];
  for (const [i, weight] of weights.entries()) {
    if (weight === 0) continue;
    patches++;
    all += weight;
    sum += weight * correlations[i]!;
    if (weight >= plain && correlations[i]! < unlike) conflicts++;
    if (correlations[i]! >= alike.perhaps) same += correlations[i]! >= alike.surely ? weight : weight / 2;
  }
  return { share: all > 0 ? same / all : 0, correlation: all > 0 ? sum / all : 0, patches, conflicts };
}
