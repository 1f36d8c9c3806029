/** One operation of RandAugment or TrivialAugment on one image, with what was drawn for it. */
export type Operation =
  | { readonly name: 'identity' | 'auto_contrast' | 'equalize' }
  /** Degrees, against the clock where above 0. */
  | { readonly name: 'rotate'; readonly degrees: number }
  /** The output at (column, row) shows the input at (column + x row, row + y column), counted from the upper left corner. */
  | { readonly name: 'shear'; readonly x: number; readonly y: number }
  /** Moves the image by x pixels to the right and y pixels down. */
  | { readonly name: 'translate'; readonly x: number; readonly y: number }
  /** How far from black, grey, the channel's mean, or the smoothed image: 1 leaves the image as it is. */
  | { readonly name: 'brightness' | 'color' | 'contrast' | 'sharpness'; readonly factor: number }
  /** How many of a value's 8 bits stay. */
  | { readonly name: 'posterize'; readonly bits: number }
  /** Values from here on are taken from 255. */
  | { readonly name: 'solarize'; readonly threshold: number };
