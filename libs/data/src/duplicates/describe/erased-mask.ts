import type { RgbImage } from '../../images/rgb-image.ts';
import { hullArea, regionsOf, type Region } from './regions.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** How far a channel may lie from the same channel of the pixel before it, in what was painted over in one colour. */
const flatness = 3;
/** Variance of a channel over it all: what JPEG makes of one colour. */
const mostVariance = 2;
/** Smaller spots, as shares of the image, are no erasing. */
const leastArea = 0.01;
/** An erased part is a rectangle, if a turned one: it fills its convex hull. What surrounds an object does not. */
const convexity = { flat: 0.95, noise: 0.85 };
/** Share of it that may be something else within its rows, as a sign in a frame is, and the width of what compression leaves there. */
const mostWithin = 0.005;
const speck = 3;
/** Side of the squares that what was erased is made of, in pixels; lines of its colour may hang on it. */
const coreSide = 16;
/** Share of the image that it then makes up: smaller squares lie between lines. */
const leastCore = 0.06;
/** Share of the pixels at an image's edge that have one colour. */
const leastGround = 0.5;
/** Side of the squares in which noise is told, in pixels; two by two of them are noise together. */
const square = 4;
/** Mean difference of values two pixels apart, along rows and along columns, from which on a square is noise. */
const noiseLevel = 13;

/**
 * Clears in `valid` what was erased: parts painted over in one colour or with noise, as "random erasing" and "cutout" do. Nothing in
 * them is of the photograph. What has the colour of the `ground` was not painted over.
 */
export function maskErased(image: RgbImage, valid: Uint8Array, ground: Colour | null): void {
  const { width, height } = image;
  const least = leastArea * valid.length;
  const parts = [
    ...regionsOf(flatPixels(image, valid), width, height, least)
      .flatMap((region) =>
        isPart(region)
          ? region
          : regionsOf(cores(region, width, height), width, height, leastCore * valid.length),
      )
      .filter((region) => isPart(region) && isOneColour(image.data, region) && !isOfGround(region)),
    ...regionsOf(noisyPixels(image), width, height, least).filter((region) =>
      isConvex(region, convexity.noise),
    ),
  ];
  for (const { runs } of parts)
    for (let i = 0; i < runs.length; i += 2) clearAround(valid, runs[i]!, runs[i + 1]!, width, height);

  function isOfGround({ runs }: Region): boolean {
    const at = 3 * runs[2 * (runs.length >> 2)]!;
    return ground !== null && isNear([image.data[at]!, image.data[at + 1]!, image.data[at + 2]!], ground);
  }

  function isPart(region: Region): boolean {
    return isThick(region, width) && isWhole(region, width) && isConvex(region, convexity.flat);
  }

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

/** 1 where a square of `coreSide` lies within a region: without lines that hang on what was erased. */
function cores({ runs }: Region, width: number, height: number): Uint8Array {
  const core = new Uint8Array(width * height);
  // How many rows above and with this one have all pixels of a square's row that ends here.
  const rows = new Uint8Array(width * height);
  for (let i = 0; i < runs.length; i += 2) {
    for (let at = runs[i]! + coreSide - 1; at < runs[i + 1]!; at++) {
      rows[at] = Math.min(coreSide, 1 + (at >= width ? rows[at - width]! : 0));
      if (rows[at]! < coreSide) continue;
      const isNext = core[at - 1] === 1 && rows[at - 1] === coreSide;
      for (let y = 0; y < coreSide; y++)
        core.fill(1, at - y * width - (isNext ? 0 : coreSide - 1), at - y * width + 1);
    }
  }
  return core;
}

/** Whether a region is no line: it is as high, and as wide on average, as one of those squares. */
function isThick({ area, runs }: Region, width: number): boolean {
  const rows = Math.floor(runs[runs.length - 2]! / width) - Math.floor(runs[0]! / width) + 1;
  return rows >= coreSide && area >= coreSide * rows;
}

/** Whether next to nothing lies between the pixels of a region's rows. */
function isWhole({ area, runs }: Region, width: number): boolean {
  let within = 0;
  for (let i = 2; i < runs.length; i += 2) {
    const isSameRow = Math.floor(runs[i]! / width) === Math.floor(runs[i - 1]! / width);
    const gap = runs[i]! - runs[i - 1]!;
    if (isSameRow && gap > speck) within += gap;
  }
  return within <= mostWithin * area;
}

/** The colour that most pixels at the edge of an image have, and whatever is drawn lies on; null where they have many. */
export function groundOf({ width, height, data }: RgbImage): Colour | null {
  const edge: number[] = [];
  for (let x = 0; x < width; x++) edge.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) edge.push(y * width, y * width + width - 1);
  const colours = edge.map((at): Colour => [data[3 * at]!, data[3 * at + 1]!, data[3 * at + 2]!]);
  const middle = [0, 1, 2].map(
    (channel) => colours.map((colour) => colour[channel]!).sort((a, b) => a - b)[colours.length >> 1]!,
  ) as unknown as Colour;
  return colours.filter((colour) => isNear(colour, middle)).length > leastGround * colours.length
    ? middle
    : null;
}

function isNear(colour: Colour, other: Colour): boolean {
  return colour.every((value, channel) => Math.abs(value - other[channel]!) <= 2 * flatness);
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
