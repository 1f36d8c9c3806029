/**
 * Multiplies 0 to 255 pixels in place as Keras does through Pillow's `ImageEnhance.Brightness`: the pixels are cut to
 * whole numbers first, multiplied in single precision, and cut to whole numbers and to 255 again (libImaging/Blend.c).
 */
export function multiplyBrightness(pixels: Float32Array, factor: number): void {
  const single = Math.fround(factor);
  const table = Float32Array.from({ length: 256 }, (_, value) =>
    Math.min(Math.trunc(Math.fround(single * value)), 255),
  );
  for (let i = 0; i < pixels.length; i++) pixels[i] = table[pixels[i]! | 0]!;
}
