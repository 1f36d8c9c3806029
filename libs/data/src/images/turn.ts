/**
 * Turns rows of pixels of `channels` values as a TIFF's Orientation tag (1 to 8) asks for: what the file holds to what is to be seen.
 * The sides change places from 5 on.
 */
export function turned<T extends Uint8Array | Uint16Array | Int32Array | Float32Array>(
  values: T,
  { width, height }: { readonly width: number; readonly height: number },
  channels: number,
  orientation: number,
): { readonly width: number; readonly height: number; readonly values: T } {
  if (orientation === 1) return { width, height, values };
  const sidesChange = orientation >= 5;
  const [toWidth, toHeight] = sidesChange ? [height, width] : [width, height];
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const result = values.slice() as T;
  for (let y = 0, to = 0; y < toHeight; y++) {
    for (let x = 0; x < toWidth; x++) {
      const [column, row] = sidesChange ? [y, x] : [x, y];
      const fromX = fromRight ? width - 1 - column : column;
      const fromY = fromBottom ? height - 1 - row : row;
      const from = (fromY * width + fromX) * channels;
      for (let c = 0; c < channels; c++, to++) result[to] = values[from + c]!;
    }
  }
  return { width: toWidth, height: toHeight, values: result };
}
