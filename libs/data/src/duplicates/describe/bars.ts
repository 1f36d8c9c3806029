import type { RgbImage } from '../../images/rgb-image.ts';

/** How far a channel of a bar's pixel may lie from its corner's, and share of a line's pixels that do not lie farther. */
const flatness = 5;
const leastFlat = 0.98;
/** Share of the pixels along each side of the picture that differ from the bar beside it. */
const leastEdge = 0.85;
/** Pixels from the bar to the line that is compared with it: the first one is blended with it. */
const within = 2;
/** A picture is at least this part of each side. */
const leastPart = 0.25;

/**
 * Clears the bars of one colour around a picture, as letterboxes and margins are: straight, and unlike what lies along them, which
 * what surrounds an object is not. Tells nothing by what colour the picture has in places, unlike a flood.
 */
export function maskBars(image: RgbImage, valid: Uint8Array): void {
  const { width, height, data } = image;
  const isNear = (at: number, corner: number) => Math.abs(data[at]! - data[corner]!) <= flatness;
  const isAlike = (at: number, corner: number) =>
    isNear(3 * at, 3 * corner) && isNear(3 * at + 1, 3 * corner + 1) && isNear(3 * at + 2, 3 * corner + 2);
  /** Share of the pixels of a row or column that have the colour of the corner; it is counted no further once it is less than `least`. */
  const flat = (start: number, step: number, count: number, corner: number, least: number) => {
    let alike = count;
    for (let i = 0, at = start; i < count && alike >= least * count; i++, at += step)
      if (!isAlike(at, corner)) alike--;
    return alike / count;
  };
  const row = (y: number, corner: number) => flat(y * width, 1, width, corner, leastFlat) >= leastFlat;
  const [topLeft, bottomRight] = [0, width * height - 1];
  let [top, bottom] = [0, height];
  while (top < height && row(top, topLeft)) top++;
  while (bottom > top && row(bottom - 1, bottomRight)) bottom--;
  const rows = bottom - top;
  if (rows < leastPart * height) return;
  const column = (x: number, corner: number, least: number) =>
    flat(top * width + x, width, rows, corner, least);
  let [left, right] = [0, width];
  while (left < width && column(left, topLeft, leastFlat) >= leastFlat) left++;
  while (right > left && column(right - 1, bottomRight, leastFlat) >= leastFlat) right--;
  const columns = right - left;
  if (columns < leastPart * width) return;
  const inner = (y: number, corner: number) => flat(y * width + left, 1, columns, corner, 0);
  const isEdge =
    (top === 0 || inner(top + within, topLeft) <= 1 - leastEdge) &&
    (bottom === height || inner(bottom - 1 - within, bottomRight) <= 1 - leastEdge) &&
    (left === 0 || column(left + within, topLeft, 0) <= 1 - leastEdge) &&
    (right === width || column(right - 1 - within, bottomRight, 0) <= 1 - leastEdge);
  if (!isEdge) return;
  valid.fill(0, 0, top * width);
  valid.fill(0, bottom * width);
  if (columns === width) return;
  for (let y = top; y < bottom; y++) {
    valid.fill(0, y * width, y * width + left);
    valid.fill(0, y * width + right, (y + 1) * width);
  }
}
