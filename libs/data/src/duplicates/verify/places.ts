import { pictureBounds } from '../candidates/lookalikes.ts';
import { workingSide } from '../describe/describe-image.ts';
import type { ImageStore } from '../image-store.ts';
import { compose, invert, stretches, type Affinity } from './affinity.ts';
import { onImages } from './resampled-plate.ts';

/** Pixels by which a copy that is neither turned nor cropped may be thought to lie elsewhere, at a corner. */
const inPlace = 8;
/** Pixels by which the middle of a drawing may be moved, and times that it may be enlarged: other drawings have parts of it elsewhere. */
const beside = 16;
const enlarged = 1.3;
/** Times as much that a drawing may be stretched one way as the other: more is another shape. */
const mostUneven = 1.5;

/** Times that a map may stretch an image at most for pixels to stand beside pixels, as grain needs to be compared. */
const ofOneSize = 1.25;

/** From the picture in `a` to that in `b`, the whole to the whole. */
export function asItIs(store: ImageStore, a: number, b: number): Affinity {
  const [from, to] = [pictureBounds(store, a), pictureBounds(store, b)];
  const [x, y] = [to.width / from.width, to.height / from.height];
  return onImages([x, 0, to.left - x * from.left, 0, y, to.top - y * from.top]);
}

/** From the file of `a` to that of `b`, the whole to the whole, in pixels of their pictures. */
export function wholeOnWhole(store: ImageStore, a: number, b: number): Affinity {
  const [from, to] = [frameOf(store, a), frameOf(store, b)];
  const [x, y] = [to.width / from.width, to.height / from.height];
  return [x, 0, to.left - x * from.left, 0, y, to.top - y * from.top];
}

function frameOf(store: ImageStore, image: number) {
  const [left, top, width, height] = store.frames.subarray(image * 4) as unknown as number[];
  if (width! > 0) return { left: left!, top: top!, width: width!, height: height! };
  return { left: 0, top: 0, width: 2 * store.sizes[image * 4 + 1]!, height: 2 * store.sizes[image * 4 + 2]! };
}

/** Whether two maps take the corners of an image to the same places, but for a few pixels. */
export function isNear(map: Affinity, other: Affinity): boolean {
  const [a, b, c, d, e, f] = map.map((value, i) => value - other[i]!) as unknown as Affinity;
  return [0, workingSide].every((x) =>
    [0, workingSide].every((y) => Math.hypot(a * x + b * y + c, d * x + e * y + f) <= inPlace),
  );
}

/** Whether two maps take the middle of an image to much the same place and enlarge it by much the same, both ways alike. */
export function isBeside(map: Affinity, place: Affinity): boolean {
  const [a, b, c, d, e, f] = compose(map, invert(place));
  const middle = workingSide / 2;
  const { largest, smallest } = stretches([a, b, c, d, e, f]);
  const moved = Math.hypot((a + b - 1) * middle + c, (d + e - 1) * middle + f);
  return moved <= beside && largest <= enlarged && smallest >= 1 / enlarged && isEven(map);
}

/** Whether a map leaves an image's size much as it is. */
export function keepsSize(map: Affinity): boolean {
  const { largest, smallest } = stretches(map);
  return largest <= ofOneSize && smallest >= 1 / ofOneSize;
}

/** Whether a map stretches an image by much the same both ways. */
function isEven(map: Affinity): boolean {
  const { largest, smallest } = stretches(map);
  return largest <= mostUneven * smallest;
}

/** Whether a map turns an image by more than 36 degrees, or mirrors it: an arrow then means something else. */
export function isTurned([a, b, , d, e]: Affinity): boolean {
  return a * e - b * d < 0 || Math.abs(Math.atan2(d - b, a + e)) > Math.PI / 5;
}
