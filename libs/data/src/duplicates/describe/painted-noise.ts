import type { RgbImage } from '../../images/rgb-image.ts';
import { countOf, noisySquares } from './masks.ts';
import { regionsOf, type Region } from './regions.ts';

/** Share of the image that noise may have been painted over: what has more of it is as noisy throughout. */
const mostNoise = 0.75;
/** Side of the squares in which noise is told, in pixels (see `noisySquares`); two by two of them are noise together. */
const square = 4;
/** Mean difference of values two pixels apart, along rows and along columns, from which on a square is noise. */
const noiseLevel = 13;
/**
 * Noise fades as an image is reduced: of values drawn from 0 to 255 (deviation 74) a linear filter leaves 74 * 2/3 / reduction, which
 * differ by 56 / reduction on average; Gaussian noise by less. From this reduction on, half of that is asked for.
 */
const fadesFrom = 2;
/** As little as pixels in whole numbers can tell. */
const leastLevel = 1;
/** Correlation of how two channels change, in one square and in all of what was painted: texture changes them together, as light does. */
const mostShared = { square: 0.7, region: 0.2 };
/** Part of what values differ by at all that those two pixels apart do: all of it where they are independent. */
const leastIndependent = 0.6;

/**
 * What may have been painted over with noise, of `least` pixels or more: where values differ at random, in every square and both ways.
 * An edge lies in some of the squares, or runs one way. In an image that was much reduced, where noise differs no more than texture,
 * its channels must change each for itself as well, and values be as far from their neighbours as from any. So in a grey image, whose
 * channels are one, noise is found only where it was not reduced much: nothing else tells it from texture square by square.
 */
export function noisyRegions(image: RgbImage, reduction: number, least: number): Region[] {
  const regionsWith = (level: number, isNoise?: (at: number) => boolean) => {
    const noisy = noisyPixels(image, level, isNoise);
    if (countOf(noisy) > mostNoise * noisy.length) return [];
    return regionsOf(noisy, image.width, image.height, least);
  };
  const regions = regionsWith(noiseLevel);
  if (reduction <= fadesFrom) return regions;
  const faint = regionsWith(
    Math.max(leastLevel, (noiseLevel * fadesFrom) / reduction),
    (at) => sharedChange(image, squareAt(at, image.width)) <= mostShared.square,
  );
  return [...regions, ...faint.filter((region) => isIndependent(image, innerRuns(region, image.width)))];
}

/** 1 where squares are noise, two by two of them, whose first pixels satisfy `isNoise`. */
function noisyPixels(image: RgbImage, level: number, isNoise?: (at: number) => boolean): Uint8Array {
  const { width, height } = image;
  const noisy = new Uint8Array(width * height);
  const [columns, rows] = [Math.floor((width - 2) / square), Math.floor((height - 2) / square)];
  const squares = noisySquares(image, columns, rows, Math.ceil(level * 3 * square * square));
  if (squares === null) return noisy;
  if (isNoise)
    for (let i = 0; i < squares.length; i++)
      if (squares[i] === 1 && !isNoise(square * (Math.floor(i / columns) * width + (i % columns))))
        squares[i] = 0;
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      if (!(squares[at]! & squares[at + 1]! & squares[at + columns]! & squares[at + columns + 1]!)) continue;
      for (let y = row * square; y < (row + 2) * square; y++) {
        const start = y * width + column * square;
        noisy.fill(1, start, start + 2 * square);
      }
    }
  }
  return noisy;
}

/** The runs of a square that starts at a pixel. */
function squareAt(at: number, width: number): number[] {
  return Array.from({ length: square }, (_, y) => [at + y * width, at + y * width + square]).flat();
}

/** The largest correlation of how two channels change from each pixel of some runs to the one two rows below. */
function sharedChange({ width, height, data }: RgbImage, runs: readonly number[]): number {
  let [rr, gg, bb, rg, gb, rb] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < runs.length; i += 2) {
    for (let at = 3 * runs[i]!; at < 3 * Math.min(runs[i + 1]!, (height - 2) * width); at += 3) {
      const below = at + 6 * width;
      const red = data[below]! - data[at]!;
      const green = data[below + 1]! - data[at + 1]!;
      const blue = data[below + 2]! - data[at + 2]!;
      rr += red * red;
      gg += green * green;
      bb += blue * blue;
      rg += red * green;
      gb += green * blue;
      rb += red * blue;
    }
  }
  return Math.max(
    Math.abs(rg) / Math.sqrt(rr * gg),
    Math.abs(gb) / Math.sqrt(gg * bb),
    Math.abs(rb) / Math.sqrt(rr * bb),
  );
}

/** The runs of a region without the squares along its edge, which may show something else as well. */
function innerRuns({ runs }: Region, width: number): number[] {
  const [first, end] = [runs[0]! + square * width, runs.at(-1)! - square * width];
  const inner: number[] = [];
  for (let i = 0; i < runs.length; i += 2) {
    const [from, to] = [runs[i]! + square, runs[i + 1]! - square];
    if (from < to && to > first && from < end) inner.push(from, to);
  }
  return inner;
}

/** Whether in some runs channels change each for itself, and values differ from those two pixels on as much as from all. */
function isIndependent(image: RgbImage, runs: readonly number[]): boolean {
  if (!(sharedChange(image, runs) <= mostShared.region)) return false;
  const { data } = image;
  return [0, 1, 2].every((channel) => {
    let [sum, squares, count, changes, pairs] = [0, 0, 0, 0, 0];
    for (let i = 0; i < runs.length; i += 2) {
      for (let at = runs[i]!; at < runs[i + 1]!; at++) {
        const value = data[3 * at + channel]!;
        sum += value;
        squares += value * value;
        count++;
        if (at + 2 >= runs[i + 1]!) continue;
        changes += (data[3 * at + 6 + channel]! - value) ** 2;
        pairs++;
      }
    }
    const variance = squares / count - (sum / count) ** 2;
    return changes >= leastIndependent * 2 * variance * pairs;
  });
}
