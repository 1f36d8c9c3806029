/** Rows of pixels, `width * height * 3` bytes of RGB. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A table of 256 colours: each number three times, as grey becomes RGB. */
export const greyRamp = Uint8Array.from({ length: 256 * 3 }, (_, i) => Math.trunc(i / 3));

/**
 * A table of 256 colours from the RGB bytes of a palette, as Pillow takes it: black where the palette ends, but grey, beyond its end
 * too, where every colour is its own number.
 */
export function colorTable(palette: Uint8Array): Uint8Array {
  const colors = palette.subarray(0, greyRamp.length);
  if (colors.every((value, i) => value === greyRamp[i])) return greyRamp;
  const table = new Uint8Array(greyRamp.length);
  table.set(colors);
  return table;
}

/** Spreads one number a pixel to RGB by a table of 256 colours. */
export function spread(values: Uint8Array, width: number, height: number, colors: Uint8Array): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0, to = 0; to < data.length; i++, to += 3) {
    const from = values[i]! * 3;
    data[to] = colors[from]!;
    data[to + 1] = colors[from + 1]!;
    data[to + 2] = colors[from + 2]!;
  }
  return { width, height, data };
}
