/** Swaps two RGB pixels that begin at `i` and `j`. */
function swap(pixels: Float32Array, i: number, j: number): void {
  for (let c = 0; c < 3; c++) {
    const value = pixels[i + c]!;
    pixels[i + c] = pixels[j + c]!;
    pixels[j + c] = value;
  }
}

/** Mirrors every row of `size` RGB pixels in place. */
export function flipHorizontal(pixels: Float32Array, size: number): void {
  for (let row = 0; row < pixels.length; row += size * 3) {
    for (let left = row, right = row + (size - 1) * 3; left < right; left += 3, right -= 3) {
      swap(pixels, left, right);
    }
  }
}

/** Turns the order of the rows around in place. */
export function flipVertical(pixels: Float32Array, size: number): void {
  const row = size * 3;
  for (let top = 0, bottom = pixels.length - row; top < bottom; top += row, bottom -= row) {
    for (let x = 0; x < row; x += 3) swap(pixels, top + x, bottom + x);
  }
}
