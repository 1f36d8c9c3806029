import sharp, { type Sharp } from 'sharp';

/** Widths at which positions that are summed and positions that are multiplied differ among them; heights for each. */
const sizes: readonly (readonly [number, number])[] = [
  [320, 240], [256, 256], [512, 48], [640, 40], [1024, 30], [1280, 24], [1920, 20], [224, 224], [96, 96], [97, 95],
  [30, 427], [300, 200], [33, 500], [500, 33], [3, 400], [1, 1], [2, 3], [7, 701], [1000, 10], [240, 320],
]; // prettier-ignore

/** Waves and stripes that differ from image to image. */
function pixels(width: number, height: number, seed: number, channels: 1 | 3 | 4): Uint8Array {
  const data = new Uint8Array(width * height * channels);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const wave = ((x * (seed % 7)) >> 2) + ((y * (seed % 5)) >> 1) + ((x * y) >> 6);
      for (let c = 0; c < channels; c++, i++) data[i] = wave * (c + 1) + ((x * 7 + y * 13 + seed * 31) % 40);
    }
  }
  return data;
}

/** Some 60 images: sizes, formats, colours, profiles, inks, orientations and depths. */
export async function cardImages(): Promise<{ name: string; bytes: Buffer }[]> {
  let seed = 0;
  const picture = (width: number, height: number, channels: 1 | 3 | 4 = 3): Sharp =>
    sharp(pixels(width, height, ++seed, channels), { raw: { width, height, channels } });
  const made: [name: string, image: Sharp][] = [];
  for (const [width, height] of sizes) {
    made.push([`${width}x${height}.jpeg`, picture(width, height).jpeg({ quality: 90 })]);
    made.push([`${width}x${height}.png`, picture(width, height).png()]);
  }
  for (const [width, height] of [
    [320, 60],
    [640, 48],
    [150, 200],
  ] as const) {
    // prettier-ignore
    made.push(
      [`profile-${width}.jpeg`, picture(width, height).withIccProfile('p3').jpeg()],
      [`inks-${width}.jpeg`, picture(width, height).toColourspace('cmyk').jpeg()],
      [`inks-${width}.tif`, picture(width, height).toColourspace('cmyk').tiff({ compression: 'lzw' })],
      [`grey-${width}.jpeg`, picture(width, height, 1).toColourspace('b-w').jpeg()],
      [`alpha-${width}.png`, picture(width, height, 4).png()],
      [`palette-${width}.png`, picture(width, height).png({ palette: true })],
      [`turned-${width}.jpeg`, picture(width, height).withMetadata({ orientation: 6 }).jpeg()],
      [`turned-${width}.tif`, picture(width, height).withMetadata({ orientation: 6 }).tiff({ compression: 'deflate' })],
      [`lossy-${width}.webp`, picture(width, height).webp()],
      [`progressive-${width}.jpeg`, picture(width, height).jpeg({ progressive: true, chromaSubsampling: '4:4:4' })],
    );
  }
  const deep = (channels: 1 | 3, most: number) => {
    const [width, height] = [200, 150];
    const values = Uint16Array.from(pixels(width, height, ++seed, channels), (value) =>
      Math.round((value / 255) * most),
    );
    return sharp(values, { raw: { width, height, channels } }).toColourspace(
      channels === 1 ? 'grey16' : 'rgb16',
    );
  };
  made.push(
    ['grey-16.png', deep(1, 65_535).png()],
    ['grey-12-of-16.png', deep(1, 4095).png()],
    ['grey-12-of-16.tif', deep(1, 4095).tiff({ compression: 'lzw' })],
    ['colour-16.png', deep(3, 65_535).png()],
  );
  return Promise.all(made.map(async ([name, image]) => ({ name, bytes: await image.toBuffer() })));
}
