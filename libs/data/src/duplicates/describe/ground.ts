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
  const colours = edge.map((at): Colour => [data[3 * at]!, data[3 * at + 1]!, data[3 * at + 2]!]);
  const middle = [0, 1, 2].map(
    (channel) => colours.map((colour) => colour[channel]!).sort((a, b) => a - b)[colours.length >> 1]!,
  ) as unknown as Colour;
  return colours.filter((colour) => isNear(colour, middle)).length > leastGround * colours.length
    ? middle
    : null;
}

/** Whether two colours are one, but for what compression makes of it. */
export function isNear(colour: Colour, other: Colour): boolean {
  return colour.every((value, channel) => Math.abs(value - other[channel]!) <= flatness);
}

/** Whether so much of what is shown has the colour of the ground that it is one, and no border. */
export function hasGround(data: Uint8Array, valid: Uint8Array, ground: Colour): boolean {
  let [alike, all] = [0, 0];
  for (let at = 0; at < valid.length; at += edgeStep) {
    if (valid[at] === 0) continue;
    all++;
    if (isNear([data[3 * at]!, data[3 * at + 1]!, data[3 * at + 2]!], ground)) alike++;
  }
  return alike >= leastShown * all;
}
