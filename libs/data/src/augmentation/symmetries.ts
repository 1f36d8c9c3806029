import type { TestTimeAugmentation } from '@thaw/experiment';

/** One of the eight symmetries of a square: bit 2 swaps rows and columns, then bit 0 mirrors left to right and bit 1 top to bottom. */
export type Symmetry = number;

/** The views of an image of which each kind of test-time augmentation takes the mean; the first is the image as it is. */
export const symmetriesOf: Record<TestTimeAugmentation, readonly Symmetry[]> = {
  none: [0],
  horizontal_flip: [0, 1],
  flips: [0, 1, 2, 3],
  dihedral: [0, 1, 2, 3, 4, 5, 6, 7],
};

/** A copy of an image's RGB values, `size * size * 3`, as a symmetry shows it. */
export function viewBySymmetry<T extends Uint8Array | Float32Array>(
  pixels: T,
  size: number,
  symmetry: Symmetry,
): T {
  const view = pixels.slice() as T;
  const [mirrored, upsideDown, swapped] = [symmetry & 1, symmetry & 2, symmetry & 4];
  for (let y = 0, to = 0; y < size; y++) {
    for (let x = 0; x < size; x++, to += 3) {
      const column = mirrored ? size - 1 - x : x;
      const row = upsideDown ? size - 1 - y : y;
      const from = 3 * (swapped ? column * size + row : row * size + column);
      view[to] = pixels[from]!;
      view[to + 1] = pixels[from + 1]!;
      view[to + 2] = pixels[from + 2]!;
    }
  }
  return view;
}
