import type { Keypoint } from './keypoints.ts';
import type { Octave } from './scale-space.ts';

/** Cells a side, and values in each: gradients along, against, and to both sides of the keypoint's direction. */
const cells = 4;
const channels = 4;
export const descriptorLength = cells * cells * channels;
/** Samples a side, and in all. */
const side = 12;
const samples = side * side;
/** Side of a cell in sigmas. */
const cellSide = 2.5;
/** No single gradient may make up more of a descriptor's length than this (Lowe 2004). */
const clip = 0.25;

/** Where each sample lies, in samples from the middle; the first values of the four cells it adds to, and its share in each. */
const sampleU = new Float32Array(samples);
const sampleV = new Float32Array(samples);
const sampleCells = new Uint8Array(samples * 4);
const sampleShares = new Float32Array(samples * 4);
for (let sample = 0; sample < samples; sample++) {
  const place = [(sample % side) + 0.5, Math.floor(sample / side) + 0.5] as const;
  const [u, v] = place.map((value) => value - side / 2) as [number, number];
  sampleU[sample] = u;
  sampleV[sample] = v;
  const weight = Math.exp((-4 * (u * u + v * v)) / (side * side));
  const [column, row] = place.map((value) => (value * cells) / side - 0.5) as [number, number];
  for (let corner = 0; corner < 4; corner++) {
    const cellColumn = Math.floor(column) + (corner & 1);
    const cellRow = Math.floor(row) + (corner >> 1);
    if (Math.min(cellColumn, cellRow) < 0 || Math.max(cellColumn, cellRow) >= cells) continue;
    const share = (1 - Math.abs(cellColumn - column)) * (1 - Math.abs(cellRow - row));
    sampleCells[sample * 4 + corner] = (cellRow * cells + cellColumn) * channels;
    sampleShares[sample * 4 + corner] = weight * share;
  }
}

/**
 * Writes the descriptor of a keypoint to `to[at ...]`: half-wave rectified gradients in 4 x 4 cells of a window turned into its
 * direction, 64 values of length about 510, cut off at 255. Gradients where `valid` (of the octave's pixels) is 0 do not count.
 * In the manner of SIFT (Lowe 2004) and SURF (Bay et al. 2008).
 */
export function describeKeypoint(
  keypoint: Keypoint,
  octave: Octave,
  valid: Uint8Array,
  to: Uint8Array,
  at: number,
): void {
  const { width, height, data } = octave.levels[keypoint.level]!;
  const sums = new Float32Array(descriptorLength);
  const step = ((keypoint.sigma / octave.pixel) * cellSide * cells) / side;
  const cos = Math.cos(keypoint.angle);
  const sin = Math.sin(keypoint.angle);
  const [right, down] = [step * cos, step * sin];
  // Half a pixel more, so that cutting off rounds.
  const [centerX, centerY] = [keypoint.x / octave.pixel + 0.5, keypoint.y / octave.pixel + 0.5];
  for (let sample = 0; sample < samples; sample++) {
    const u = sampleU[sample]!;
    const v = sampleV[sample]!;
    const x = (centerX + u * right - v * down) | 0;
    const y = (centerY + u * down + v * right) | 0;
    if (x < 1 || y < 1 || x >= width - 1 || y >= height - 1) continue;
    const pixel = y * width + x;
    if (valid[pixel] === 0) continue;
    const gx = data[pixel + 1]! - data[pixel - 1]!;
    const gy = data[pixel + width]! - data[pixel - width]!;
    const along = gx * cos + gy * sin;
    const across = gy * cos - gx * sin;
    const first = along >= 0 ? 0 : 1;
    const second = across >= 0 ? 2 : 3;
    const lengthA = Math.abs(along);
    const lengthB = Math.abs(across);
    for (let corner = sample * 4; corner < sample * 4 + 4; corner++) {
      const share = sampleShares[corner]!;
      const cell = sampleCells[corner]!;
      sums[cell + first] = sums[cell + first]! + share * lengthA;
      sums[cell + second] = sums[cell + second]! + share * lengthB;
    }
  }
  normalise(sums);
  for (let i = 0; i < descriptorLength; i++) to[at + i] = Math.min(255, Math.round(sums[i]! * 510));
}

function normalise(values: Float32Array): void {
  for (let round = 0; round < 2; round++) {
    let squares = 1e-9;
    for (const value of values) squares += value * value;
    const scale = 1 / Math.sqrt(squares);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]! * scale;
      values[i] = round === 0 && value > clip ? clip : value;
    }
  }
}

/** Where each value of a mirrored image's descriptor stands in the plain one: rows from the end, both sides swapped. */
export const mirrored = Uint8Array.from({ length: descriptorLength }, (_, i) => {
  const channel = i % channels;
  const column = Math.floor(i / channels) % cells;
  const row = Math.floor(i / channels / cells);
  const opposite = channel === 2 ? 3 : channel === 3 ? 2 : channel;
  return ((cells - 1 - row) * cells + column) * channels + opposite;
});
