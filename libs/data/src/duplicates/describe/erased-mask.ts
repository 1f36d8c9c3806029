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
  for (const part of parts) for (const at of part) clearAround(valid, at, width, height);

  function isConvex(region: Region, share: number): boolean {
    return region.length >= share * hullArea(region, width, height);
  }
}

/** 1 where a pixel is as those to its left and above. */
function flatPixels({ width, height, data }: RgbImage, valid: Uint8Array): Uint8Array {
  const flat = new Uint8Array(valid.length);
  const isAlike = (a: number, b: number) =>
    Math.abs(data[a * 3]! - data[b * 3]!) <= flatness &&
    Math.abs(data[a * 3 + 1]! - data[b * 3 + 1]!) <= flatness &&
    Math.abs(data[a * 3 + 2]! - data[b * 3 + 2]!) <= flatness;
  for (let y = 1; y < height; y++) {
    for (let x = 1, at = y * width + 1; x < width; x++, at++) {
      if (valid[at] === 1 && isAlike(at, at - 1) && isAlike(at, at - width)) flat[at] = 1;
    }
  }
  return flat;
}

function isOneColour(data: Uint8Array, region: Region): boolean {
  for (let channel = 0; channel < 3; channel++) {
    let [sum, squares] = [0, 0];
    for (const at of region) {
      const value = data[at * 3 + channel]!;
      sum += value;
      squares += value * value;
    }
    if (squares / region.length - (sum / region.length) ** 2 > mostVariance) return false;
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

/** Clears a pixel and those within two of it, which an edge blurs into. */
function clearAround(valid: Uint8Array, at: number, width: number, height: number): void {
  const y = Math.floor(at / width);
  const x = at - y * width;
  for (let row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++)
    valid.fill(0, row * width + Math.max(0, x - 2), row * width + Math.min(width, x + 3));
}
