import type { RgbImage } from '../../images/rgb-image.ts';
import { hasGround, isNear, type Colour } from './ground.ts';
import { flatPixels } from './masks.ts';
import { noisyRegions } from './painted-noise.ts';
import { hullArea, regionsOf, type Region } from './regions.ts';

/** How far a channel may lie from the same channel of the pixel before it, in what was painted over in one colour. */
const flatness = 3;
/** Variance of a channel over it all: what JPEG makes of one colour. */
const mostVariance = 2;
/** Smaller spots, as shares of the image, are no erasing. */
const leastArea = 0.01;
/** An erased part is a rectangle, if a turned one: it fills its convex hull. What surrounds an object does not. */
const convexity = { flat: 0.95, noise: 0.85 };
/** Share of it that may be something else within it, as a sign in a frame is, and the width of what compression leaves there. */
const mostWithin = 0.005;
const speck = 3;
/** Side of the squares that what was erased is made of, in pixels; lines of its colour may hang on it. */
const coreSide = 16;
/** Share of the image that it then makes up: smaller squares lie between lines. */
const leastCore = 0.06;

/**
 * Clears in `valid` what was erased: parts painted over in one colour or with noise, as "random erasing" and "cutout" do. Nothing in
 * them is of the photograph. What has the colour of one of the `grounds` was not painted over. `reduction`: pixels of the file along a
 * side of one of the image's.
 */
export function maskErased(
  image: RgbImage,
  valid: Uint8Array,
  grounds: readonly (Colour | null)[],
  reduction = 1,
): void {
  const { width, height } = image;
  const least = leastArea * valid.length;
  const shown = grounds.filter(
    (ground) => ground !== null && hasGround(image.data, valid, ground),
  ) as Colour[];
  const parts = [
    ...regionsOf(flatPixels(image, valid, flatness), width, height, least)
      .filter((region) => !isOfGround(region))
      .flatMap((region) =>
        isPart(region)
          ? region
          : regionsOf(cores(region, width, height), width, height, leastCore * valid.length),
      )
      .filter((region) => isPart(region) && isOneColour(image.data, region)),
    ...noisyRegions(image, reduction, least).filter((region) => isConvex(region, convexity.noise)),
  ];
  for (const { runs } of parts)
    for (let i = 0; i < runs.length; i += 2) clearAround(valid, runs[i]!, runs[i + 1]!, width, height);

  function isOfGround({ runs }: Region): boolean {
    return shown.some((ground) => isNear(image.data, runs[2 * (runs.length >> 2)]!, ground));
  }

  function isPart(region: Region): boolean {
    return isThick(region, width) && isWhole(region, width) && isConvex(region, convexity.flat);
  }

  function isConvex(region: Region, share: number): boolean {
    return region.area >= share * hullArea(region, width, height);
  }
}

/** 1 where a square of `coreSide` lies within a region: without lines that hang on what was erased. */
function cores({ runs }: Region, width: number, height: number): Uint8Array {
  const core = new Uint8Array(width * height);
  // How many rows above and with this one have all pixels of a square's row that ends here.
  const rows = new Uint8Array(width * height);
  /** Squares that end at neighbouring pixels, from the first one to before `end`. */
  const fill = (first: number, end: number) => {
    for (let y = 0; y < coreSide; y++) core.fill(1, first - coreSide + 1 - y * width, end - y * width);
  };
  for (let i = 0; i < runs.length; i += 2) {
    const end = runs[i + 1]!;
    let first = end;
    for (let at = runs[i]! + coreSide - 1; at < end; at++) {
      rows[at] = Math.min(coreSide, 1 + (at >= width ? rows[at - width]! : 0));
      if (rows[at] === coreSide) first = Math.min(first, at);
      else if (first < end) {
        fill(first, at);
        first = end;
      }
    }
    if (first < end) fill(first, end);
  }
  return core;
}

/** Whether a region is no line: it is as high, and as wide on average, as one of those squares. */
function isThick({ area, runs }: Region, width: number): boolean {
  const rows = Math.floor(runs[runs.length - 2]! / width) - Math.floor(runs[0]! / width) + 1;
  return rows >= coreSide && area >= coreSide * rows;
}

/**
 * Whether next to nothing lies within a region: between pixels of its rows and of its columns. What reaches into it from its edge, as
 * ringing beside it does, is not within.
 */
function isWhole({ area, runs }: Region, width: number): boolean {
  const tops = new Int32Array(width).fill(-1);
  const bottoms = new Int32Array(width);
  for (let i = 0; i < runs.length; i += 2) {
    const y = Math.floor(runs[i]! / width);
    for (let x = runs[i]! - y * width; x < runs[i + 1]! - y * width; x++) {
      if (tops[x]! < 0) tops[x] = y;
      bottoms[x] = y;
    }
  }
  let within = 0;
  for (let i = 2; i < runs.length; i += 2) {
    const y = Math.floor(runs[i]! / width);
    const isSameRow = runs[i - 2]! >= y * width;
    if (!isSameRow || runs[i]! - runs[i - 1]! <= speck) continue;
    for (let x = runs[i - 1]! - y * width; x < runs[i]! - y * width; x++)
      if (tops[x]! >= 0 && tops[x]! < y && y < bottoms[x]!) within++;
  }
  return within <= mostWithin * area;
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

/** Clears a run of pixels of one row and those within two of it, which an edge blurs into. */
function clearAround(valid: Uint8Array, start: number, end: number, width: number, height: number): void {
  const y = Math.floor(start / width);
  const [left, right] = [Math.max(0, start - y * width - 2), Math.min(width, end - y * width + 2)];
  for (let row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++)
    valid.fill(0, row * width + left, row * width + right);
}
