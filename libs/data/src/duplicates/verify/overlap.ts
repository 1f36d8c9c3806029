import { pictureBounds } from '../candidates/lookalikes.ts';
import type { ImageStore } from '../image-store.ts';
import type { Affinity } from './affinity.ts';
import type { Placement } from './comparison.ts';

type Point = readonly [x: number, y: number];

/**
 * Share of the smaller of two pictures that the other one shows as well, 0 to 1, where the map lays them on each other; what is around a
 * picture in its file does not count.
 */
export function overlapOf(
  store: ImageStore,
  { a, b, affinity }: Pick<Placement, 'a' | 'b' | 'affinity'>,
): number {
  const mapped = cornersOf(store, a).map((corner) => at(affinity, corner));
  const other = cornersOf(store, b);
  const [[left, top], , [right, bottom]] = other as [Point, Point, Point];
  const sides: ((point: Point) => number)[] = [
    ([x]) => x - left,
    ([x]) => right - x,
    ([, y]) => y - top,
    ([, y]) => bottom - y,
  ];
  const shared = sides.reduce(clipped, mapped);
  return areaOf(shared) / Math.min(areaOf(mapped), areaOf(other));
}

/** The corners of a picture in its image's pixels, clockwise from the top left. */
function cornersOf(store: ImageStore, image: number): Point[] {
  const { left, top, width, height } = pictureBounds(store, image);
  // A plate's pixel covers two of the image's, the middle of the first of which is at 0.
  const [x, y] = [2 * left - 0.5, 2 * top - 0.5];
  const [right, bottom] = [x + 2 * width, y + 2 * height];
  return [
    [x, y],
    [right, y],
    [right, bottom],
    [x, bottom],
  ];
}

function at([a, b, c, d, e, f]: Affinity, [x, y]: Point): Point {
  return [a * x + b * y + c, d * x + e * y + f];
}

/** What of a convex polygon is on one side of a line: where `side`, which is linear, is not below 0 (Sutherland and Hodgman, 1974). */
function clipped(corners: readonly Point[], side: (point: Point) => number): Point[] {
  return corners.flatMap((corner, i): Point[] => {
    const next = corners[(i + 1) % corners.length]!;
    const [here, there] = [side(corner), side(next)];
    const kept = here >= 0 ? [corner] : [];
    if (here >= 0 === there >= 0) return kept;
    const part = here / (here - there);
    const [[x, y], [nextX, nextY]] = [corner, next];
    return [...kept, [x + part * (nextX - x), y + part * (nextY - y)]];
  });
}

function areaOf(corners: readonly Point[]): number {
  const twice = corners.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % corners.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}
