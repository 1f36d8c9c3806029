import { resizeBicubic, resizeBilinear } from './resize-filtered.ts';
import { resizeNearest } from './resize-nearest.ts';

/** How images are brought to a network's size, by Keras's names. */
export const resizers = { nearest: resizeNearest, bilinear: resizeBilinear, bicubic: resizeBicubic };
