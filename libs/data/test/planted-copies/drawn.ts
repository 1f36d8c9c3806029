import type { Random } from '@thaw/base';
import sharp from 'sharp';
import type { Pixels } from './pixels.ts';

/** The pixels of a drawing (SVG), blurred as a lens does. */
export async function drawn(svg: string, blur: number): Promise<Pixels> {
  const image = sharp(Buffer.from(svg));
  const { data, info } = await (blur > 0.3 ? image.blur(blur) : image)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Noise of a sensor. */
export function grain({ width, height, data }: Pixels, size: number, random: Random, isGrey = false): Pixels {
  const noisy = new Uint8ClampedArray(data);
  for (let i = 0; i < noisy.length; i += 3) {
    const shared = size * random.normal();
    for (let k = i; k < i + 3; k++) noisy[k] = data[k]! + (isGrey ? shared : size * random.normal());
  }
  return { width, height, data: new Uint8Array(noisy.buffer) };
}
