import type { RgbImage } from '../images/rgb-image.ts';

/** How far a channel may lie from the corner's, for JPEG's ringing. */
const tolerance = 20;
/** What is left must fill its convex hull, since a warped photograph does; a background around objects does not. */
const convexity = 0.94;
/** Smaller remainders are no photograph. */
const leastValid = 0.2;

/**
 * 1 where the image shows its photograph, 0 on the one-coloured borders that rotating, shifting and shearing leave: what
 * hangs together with a corner in one colour, if the rest is convex. A background that surrounds objects is not masked.
 */
export function maskBorders({ width, height, data }: RgbImage): Uint8Array {
  const valid = new Uint8Array(width * height).fill(1);
  const rest = valid.slice();
  const cleared = new Uint32Array(width * height);
  const corners = [0, width - 1, (height - 1) * width, height * width - 1];
  for (const corner of corners) {
    if (valid[corner] === 0) continue;
    const count = flood(rest, data, width, height, corner, cleared);
    const left = rest.length - count;
    const isBorder = left >= leastValid * rest.length && left >= convexity * hullArea(rest, width, height);
    for (let i = 0; i < count; i++) {
      rest[cleared[i]!] = 1;
      if (isBorder) valid[cleared[i]!] = 0;
    }
  }
  return valid;
}

/** Clears what hangs together with `seed` and has its colour; writes those pixels to `cleared` and returns how many. */
function flood(
  valid: Uint8Array,
  data: Uint8Array,
  width: number,
  height: number,
  seed: number,
  cleared: Uint32Array,
): number {
  const [red, green, blue] = [data[seed * 3]!, data[seed * 3 + 1]!, data[seed * 3 + 2]!];
  cleared[0] = seed;
  let count = 1;
  valid[seed] = 0;
  const visit = (at: number) => {
    if (valid[at] === 0) return;
    const from = at * 3;
    if (Math.abs(data[from]! - red) > tolerance) return;
    if (Math.abs(data[from + 1]! - green) > tolerance) return;
    if (Math.abs(data[from + 2]! - blue) > tolerance) return;
    valid[at] = 0;
    cleared[count++] = at;
  };
  for (let next = 0; next < count; next++) {
    const at = cleared[next]!;
    const x = at % width;
    if (x > 0) visit(at - 1);
    if (x < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < width * (height - 1)) visit(at + width);
  }
  return count;
}

/** Pixels within the convex hull of what is valid. */
function hullArea(valid: Uint8Array, width: number, height: number): number {
  const left: [number, number][] = [];
  const right: [number, number][] = [];
  for (let y = 0; y < height; y++) {
    const row = valid.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(1);
    if (first < 0) continue;
    const last = row.lastIndexOf(1) + 1;
    extend(left, [first, y], 1);
    extend(left, [first, y + 1], 1);
    extend(right, [last, y], -1);
    extend(right, [last, y + 1], -1);
  }
  const outline = [...left, ...right.reverse()];
  let twice = 0;
  for (const [i, [x, y]] of outline.entries()) {
    const [nextX, nextY] = outline[(i + 1) % outline.length]!;
    twice += x * nextY - nextX * y;
  }
  return Math.abs(twice) / 2;
}

/** Adds a point to one side of a hull, from top to bottom, and takes away what now lies within (Andrew 1979). */
function extend(side: [number, number][], [x, y]: [number, number], turn: 1 | -1): void {
  while (side.length >= 2) {
    const [bx, by] = side[side.length - 1]!;
    const [ax, ay] = side[side.length - 2]!;
    if (turn * ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) < 0) break;
    side.pop();
  }
  side.push([x, y]);
}

/** The mask at half the size: valid where all four pixels are. */
export function halveMask(valid: Uint8Array, width: number, height: number): Uint8Array {
  const [halfWidth, halfHeight] = [width >> 1, height >> 1];
  const result = new Uint8Array(halfWidth * halfHeight);
  for (let y = 0, to = 0; y < halfHeight; y++) {
    for (let x = 0, at = 2 * y * width; x < halfWidth; x++, at += 2) {
      result[to++] = valid[at]! & valid[at + 1]! & valid[at + width]! & valid[at + width + 1]!;
    }
  }
  return result;
}
