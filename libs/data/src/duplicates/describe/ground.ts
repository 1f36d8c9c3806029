import type { RgbImage } from '../../images/rgb-image.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** Share of the pixels at an image's edge that have one colour. */
const leastGround = 0.5;
/** One of so many pixels is looked at. */
const edgeStep = 3;
/** Share of what is shown that has the colour of the ground: what was erased is less. */
const leastShown = 0.35;
/** How far a channel may lie from the ground's. */
const flatness = 6;

/** The colour that most pixels at the edge of an image have, and whatever is drawn lies on; null where they have many. */
export function groundOf({ width, height, data }: RgbImage): Colour | null {
  const edge: number[] = [];
  for (let x = 0; x < width; x += edgeStep) edge.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y += edgeStep) edge.push(y * width, y * width + width - 1);
  const middle = [middleOf(data, edge, 0), middleOf(data, edge, 1), middleOf(data, edge, 2)] as const;
  let alike = 0;
  for (const at of edge) if (isNear(data, at, middle)) alike++;
  return alike > leastGround * edge.length ? middle : null;
}

/** The value of a channel that half of some pixels do not exceed. */
function middleOf(data: Uint8Array, pixels: readonly number[], channel: number): number {
  const counts = new Uint32Array(256);
  for (const at of pixels) counts[data[3 * at + channel]!]!++;
  let [value, left] = [0, pixels.length >> 1];
  while (counts[value]! <= left) left -= counts[value++]!;
  return value;
}

/** Whether a pixel has a colour, but for what compression makes of it. */
export function isNear(data: Uint8Array, at: number, colour: Colour): boolean {
  const from = 3 * at;
  return (
    Math.abs(data[from]! - colour[0]) <= flatness &&
    Math.abs(data[from + 1]! - colour[1]) <= flatness &&
    Math.abs(data[from + 2]! - colour[2]) <= flatness
  );
}

/** Whether so much of what is shown has the colour of the ground that it is one, and no border. */
export function hasGround(data: Uint8Array, valid: Uint8Array, ground: Colour): boolean {
  let [alike, all] = [0, 0];
  for (let at = 0; at < valid.length; at += edgeStep) {
    if (valid[at] === 0) continue;
    all++;
    if (isNear(data, at, ground)) alike++;
  }
  return alike >= leastShown * all;
}
