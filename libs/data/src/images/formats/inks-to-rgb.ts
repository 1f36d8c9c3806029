/** Pillow's `cmyk2rgb`: (255 - k) - c (255 - k) / 255 for each colour, the quotient rounded in integers. */
export function inksToRgb(cmyk: Uint8Array): Uint8Array {
  const pixels = cmyk.length / 4;
  const rgb = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    const light = 255 - cmyk[i * 4 + 3]!;
    for (let c = 0; c < 3; c++) {
      const product = cmyk[i * 4 + c]! * light + 128;
      rgb[i * 3 + c] = light - (((product >> 8) + product) >> 8);
    }
  }
  return rgb;
}
