import type { Augmentation } from '@thaw/experiment';

/** Maps a coordinate outside [0, length - 1] to one inside; NaN means outside the image for good. */
type FillMode = (coordinate: number, length: number) => number;

/**
 * What lies beyond the border, as scipy.ndimage means the words (map_coordinate in ni_interpolation.c):
 * `nearest` aaaa|abcd|dddd, `constant` kkkk|abcd|kkkk with k = `cval`, `reflect` dcba|abcd|dcba, and `wrap` abcd|abcd|abcd with a period
 * of length - 1. A result of `reflect` may lie half a pixel outside; the pixel there is the border's.
 */
export const fillModes: Record<Augmentation['fill_mode'], FillMode> = {
  nearest: (coordinate, length) => Math.min(Math.max(coordinate, 0), length - 1),
  constant: () => NaN,
  reflect: (coordinate, length) => {
    const period = 2 * length;
    const shifted = coordinate + 0.5 - period * Math.floor((coordinate + 0.5) / period);
    return (shifted < length ? shifted : period - shifted) - 0.5;
  },
  wrap: (coordinate, length) => {
    const period = length - 1;
    return coordinate < 0
      ? coordinate + period * (Math.trunc(-coordinate / period) + 1)
      : coordinate - period * Math.trunc(coordinate / period);
  },
};
