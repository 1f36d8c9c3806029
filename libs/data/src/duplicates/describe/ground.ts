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
  const middleOf = (channel: number) =>
    Uint8Array.from(edge, (at) => data[3 * at + channel]!).sort()[edge.length >> 1]!;
  const middle = [middleOf(0), middleOf(1), middleOf(2)] as const;
  const alike = edge.filter((at) => isNear(data, at, middle)).length;
  return alike > leastGround * edge.length ? middle : null;
}

/** Whether a pixel has a colour, but for what compression makes of it. */
export function isNear(data: Uint8Array, at: number, [red, green, blue]: Colour): boolean {
  const from = 3 * at;
  return (
    Math.abs(data[from]! - red) <= flatness &&
    Math.abs(data[from + 1]! - green) <= flatness &&
    Math.abs(data[from + 2]! - blue) <= flatness
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
