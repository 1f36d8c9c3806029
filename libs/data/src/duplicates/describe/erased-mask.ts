import type { RgbImage } from '../../images/rgb-image.ts';
import { hullArea, regionsOf, type Region } from './regions.ts';

/** How far a channel may lie from the same channel of the pixel before it, in what was painted over in one colour. */
const flatness = 3;
/** Variance of a channel over it all: what JPEG makes of one colour. */
const mostVariance = 2;
/** Smaller spots, as shares of the image, are no erasing. */
const leastArea = 0.01;
/** An erased part is a rectangle, if a turned one: it fills its convex hull. What surrounds an object does not. */
const convexity = { flat: 0.95, noise: 0.85 };
/** Side of the squares in which noise is told, in pixels; two by two of them are noise together. */
const square = 4;
/** Mean difference of values two pixels apart, along rows and along columns, from which on a square is noise. */
const noiseLevel = 13;

/**
 * Clears in `valid` what was erased: parts painted over in one colour or with noise, as "random erasing" and "cutout" do. Nothing in
 * them is of the photograph.
 */
export function maskErased(image: RgbImage, valid: Uint8Array): void {
  const { width, height } = image;
  const least = leastArea * valid.length;
  const parts = [
    ...regionsOf(flatPixels(image, valid), width, height, least).filter(
      (region) => isOneColour(image.data, region) && isConvex(region, convexity.flat),
    ),
    ...regionsOf(noisyPixels(image), width, height, least).filter((region) =>
      isConvex(region, convexity.noise),
    ),
  ];
  for (const { runs } of parts)
    for (let i = 0; i < runs.length; i += 2) clearAround(valid, runs[i]!, runs[i + 1]!, width, height);

  function isConvex(region: Region, share: number): boolean {
    return region.area >= share * hullArea(region, width, height);
  }
}

/** 1 where a pixel is as those to its left and above. */
function flatPixels({ width, height, data }: RgbImage, valid: Uint8Array): Uint8Array {
  const flat = new Uint8Array(valid.length);
  const isAlike = (a: number, b: number) => {
    const [red, green, blue] = [
      data[a]! - data[b]!,
      data[a + 1]! - data[b + 1]!,
      data[a + 2]! - data[b + 2]!,
    ];
    return (
      (green < 0 ? -green : green) <= flatness &&
      (red < 0 ? -red : red) <= flatness &&
      (blue < 0 ? -blue : blue) <= flatness
    );
  };
  for (let y = 1; y < height; y++) {
    for (let x = 1, at = y * width + 1; x < width; x++, at++) {
      if (valid[at] === 1 && isAlike(3 * at, 3 * at - 3) && isAlike(3 * at, 3 * (at - width))) flat[at] = 1;
    }
  }
  return flat;
}

function isOneColour(data: Uint8Array, { area, runs }: Region): boolean {
  for (let channel = 0; channel < 3; channel++) {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < runs.length; i += 2) {
      for (let at = runs[i]! * 3 + channel; at < runs[i + 1]! * 3; at += 3) {
        const value = data[at]!;
        sum += value;
        squares += value * value;
      }
    }
    if (squares / area - (sum / area) ** 2 > mostVariance) return false;
  }
  return true;
}

/**
 * 1 where values differ at random: in every square and both ways. An edge lies in some of the squares, or runs one way.
 */
function noisyPixels({ width, height, data }: RgbImage): Uint8Array {
  const noisy = new Uint8Array(width * height);
  const [columns, rows] = [Math.floor((width - 2) / square), Math.floor((height - 2) / square)];
  const isNoise = new Uint8Array(Math.max(0, columns * rows));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let [across, down] = [0, 0];
      for (let y = row * square; y < (row + 1) * square; y++) {
        let at = (y * width + column * square) * 3;
        for (const end = at + 3 * square; at < end; at++) {
          across += Math.abs(data[at]! - data[at + 6]!);
          down += Math.abs(data[at]! - data[at + 6 * width]!);
        }
      }
      if (Math.min(across, down) >= noiseLevel * 3 * square * square) isNoise[row * columns + column] = 1;
    }
  }
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      if (!(isNoise[at]! & isNoise[at + 1]! & isNoise[at + columns]! & isNoise[at + columns + 1]!)) continue;
      for (let y = row * square; y < (row + 2) * square; y++) {
        const start = y * width + column * square;
        noisy.fill(1, start, start + 2 * square);
      }
    }
  }
  return noisy;
}

/** Clears a run of pixels of one row and those within two of it, which an edge blurs into. */
function clearAround(valid: Uint8Array, start: number, end: number, width: number, height: number): void {
  const y = Math.floor(start / width);
  const [left, right] = [Math.max(0, start - y * width - 2), Math.min(width, end - y * width + 2)];
  for (let row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++)
    valid.fill(0, row * width + left, row * width + right);
}
