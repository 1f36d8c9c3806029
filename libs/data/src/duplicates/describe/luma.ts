/** Writes the brightness of red, green and blue values, 0 to 255 (green counts most). */
export function luma(rgb: Uint8Array, to: Float32Array | Uint8Array): void {
  for (let i = 0, from = 0; i < to.length; i++, from += 3)
    to[i] = 0.3 * rgb[from]! + 0.59 * rgb[from + 1]! + 0.11 * rgb[from + 2]!;
}
