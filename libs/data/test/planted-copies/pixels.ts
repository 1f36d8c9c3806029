import sharp, { type Sharp } from 'sharp';

/** 8-bit RGB, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What sharp makes of an image, encoded and decoded again where the change asks for a format. */
export async function through(
  { width, height, data }: Pixels,
  change: (image: Sharp) => Sharp,
): Promise<Pixels> {
  const changed = change(sharp(data, { raw: { width, height, channels: 3 } }));
  const made = await changed.toBuffer({ resolveWithObject: true });
  const { channels } = made.info;
  const plain =
    made.info.format === 'raw'
      ? sharp(made.data, { raw: { width: made.info.width, height: made.info.height, channels } })
      : sharp(made.data);
  const { data: pixels, info } = await plain
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: pixels };
}
