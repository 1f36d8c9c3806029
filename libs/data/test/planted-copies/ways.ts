import type { Random } from '@thaw/base';
import { through, type Pixels } from './pixels.ts';
import { elastic, perspective, turned, warp } from './warps.ts';

type Way = (image: Pixels, random: Random) => Pixels | Promise<Pixels>;

/** What people do to images before they train on them; each way draws its own numbers. */
export const ways = {
  gray: (image) => eachPixel(image, (r, g, b) => Array<number>(3).fill(0.3 * r + 0.59 * g + 0.11 * b)),
  inverted: (image) => eachPixel(image, (r, g, b) => [255 - r, 255 - g, 255 - b]),
  equalized: equalize,
  jitter: (image, random) => {
    const [gain, offset] = [random.uniform(0.6, 1.4), random.uniform(-30, 30)];
    const tints = [0, 1, 2].map(() => random.uniform(0.8, 1.2));
    return eachPixel(image, (...rgb) => rgb.map((value, i) => value * gain * tints[i]! + offset));
  },
  'JPEG 20': (image) => through(image, (sharp) => sharp.jpeg({ quality: 20 })),
  noise: (image, random) => eachPixel(image, (...rgb) => rgb.map((value) => value + 15 * random.normal())),
  blur: (image, random) => through(image, (sharp) => sharp.blur(random.uniform(0.8, 1.6))),
  enlarged: (image) => through(image, (sharp) => sharp.resize({ width: 2 * image.width })),
  'turned 30': (image, random) => warp(image, turned(image, random.uniform(-30, 30)), true),
  'quarter turn': (image, random) => through(image, (sharp) => sharp.rotate(90 + 180 * random.int(2))),
  elastic: (image, random) => warp(image, elastic(image, random), true),
  perspective: (image, random) => warp(image, perspective(image, random, 0.12), true),
  'mirrored, 60 % of the area': (image, random) => mirroredCrop(image, random, Math.sqrt(0.6)),
  'mirrored, 60 % a side': (image, random) => mirroredCrop(image, random, 0.6),
  'half a side': (image, random) => crop(image, random, 0.5),
  'erased, black': (image, random) => erase(image, random, () => [0, 0, 0]),
  'erased, grey': (image, random) => erase(image, random, () => [127, 127, 127]),
  'erased, noise': (image, random) => erase(image, random, () => [0, 1, 2].map(() => random.int(256))),
  letterbox: (image, random) => frame(image, 0.125, 0.125, [0, 128, 255][random.int(3)]!),
  screenshot,
  watermark: (image, random) =>
    overlay(
      image,
      [0.2, 0.5, 0.8].map((y) =>
        text('SAMPLE 2026', random.uniform(0.05, 0.3) * image.width, y * image.height, image.width / 9, 0.6),
      ),
    ),
  caption: (image, random) =>
    overlay(image, [
      text(
        words(random, 2),
        0.04 * image.width,
        random.uniform(0.3, 0.95) * image.height,
        image.width / 10,
        1,
      ),
    ]),
  several: async (image, random) => {
    let copy = warp(image, turned(image, random.uniform(-25, 25), random.uniform(0.9, 1.2)), true);
    if (random.int(2) === 0) copy = await through(copy, (sharp) => sharp.flop());
    if (random.int(2) === 0) copy = await ways.jitter(copy, random);
    return through(copy, (sharp) => sharp.jpeg({ quality: 50 + random.int(45) }));
  },
} satisfies Record<string, Way>;

export type WayName = keyof typeof ways;

function eachPixel(image: Pixels, change: (r: number, g: number, b: number) => readonly number[]): Pixels {
  const data = new Uint8ClampedArray(image.data.length);
  for (let i = 0; i < data.length; i += 3)
    data.set(change(image.data[i]!, image.data[i + 1]!, image.data[i + 2]!), i);
  return { ...image, data: new Uint8Array(data.buffer) };
}

/** Each channel's values spread so that all are as frequent. */
function equalize(image: Pixels): Pixels {
  const maps = [0, 1, 2].map((channel) => {
    const counts = new Float64Array(256);
    for (let i = channel; i < image.data.length; i += 3) counts[image.data[i]!]!++;
    let sum = 0;
    return counts.map((count) => ((sum += count) * 255 * 3) / image.data.length);
  });
  return eachPixel(image, (...rgb) => rgb.map((value, i) => maps[i]![value]!));
}

function crop(image: Pixels, random: Random, side: number): Promise<Pixels> {
  const [width, height] = [Math.round(image.width * side), Math.round(image.height * side)];
  const left = random.int(image.width - width + 1);
  const top = random.int(image.height - height + 1);
  return through(image, (sharp) =>
    sharp.extract({ left, top, width, height }).resize(image.width, image.height, { fit: 'fill' }),
  );
}

async function mirroredCrop(image: Pixels, random: Random, side: number): Promise<Pixels> {
  return through(await crop(image, random, side), (sharp) => sharp.flop());
}

/** A rectangle of 16 to 25 % of the area painted over. */
function erase(image: Pixels, random: Random, colour: () => readonly number[]): Pixels {
  const area = random.uniform(0.16, 0.25) * image.width * image.height;
  const width = Math.min(image.width - 1, Math.round(Math.sqrt(area * random.uniform(0.6, 1.6))));
  const height = Math.min(image.height - 1, Math.round(area / width));
  const [left, top] = [random.int(image.width - width), random.int(image.height - height)];
  const data = image.data.slice();
  for (let y = top; y < top + height; y++)
    for (let x = left; x < left + width; x++) data.set(colour(), (y * image.width + x) * 3);
  return { ...image, data };
}

function frame(image: Pixels, side: number, top: number, grey: number): Promise<Pixels> {
  const [x, y] = [Math.round(side * image.width), Math.round(top * image.height)];
  return through(image, (sharp) =>
    sharp.extend({ left: x, right: x, top: y, bottom: y, background: { r: grey, g: grey, b: grey } }),
  );
}

/** The image within a window: margins, and a bar with a title above. */
async function screenshot(image: Pixels, random: Random): Promise<Pixels> {
  const [side, top] = [random.uniform(0.1, 0.35), random.uniform(0.15, 0.35)];
  const framed = await frame(image, side, top, random.int(2) === 0 ? 245 : 30);
  const height = Math.round(0.06 * framed.height);
  return overlay(framed, [
    `<rect width="100%" height="${height}" fill="#334"/>`,
    text('photo.png - Viewer', 4, height - 3, 0.7 * height, 1),
  ]);
}

function text(content: string, x: number, y: number, size: number, opacity: number): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-family="sans-serif" fill="white" stroke="black" stroke-width="${size / 30}" opacity="${opacity}">${content}</text>`;
}

const syllables = ['ka', 'lo', 'mi', 'ret', 'sun', 'vor', 'del', 'pa', 'ni', 'gor'];

function words(random: Random, count: number): string {
  const word = () => Array.from({ length: 3 }, () => syllables[random.int(syllables.length)]!).join('');
  return Array.from({ length: count }, word).join(' ');
}

function overlay(image: Pixels, elements: readonly string[]): Promise<Pixels> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${image.width}" height="${image.height}">${elements.join('')}</svg>`;
  return through(image, (sharp) => sharp.composite([{ input: Buffer.from(svg) }]));
}
