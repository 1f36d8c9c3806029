import { symmetriesOf } from '@thaw/data/browser';
import { scalingWords } from '@thaw/model';
import type { Preprocessing } from '../artifact/preprocessing.ts';

const fitWords = {
  stretch: 'the\naspect ratio is not kept',
  crop: 'of the\nlargest part in the middle that is a square',
  pad: 'with black\naround it that makes it a square',
} as const;

/** What a network's input has to be, in sentences. */
export function inputWords({ input, resize, normalize, depth }: Preprocessing): string {
  const pillow = resize.interpolation.toUpperCase();
  const deep = depth
    ? ` Values of more than eight bits are scaled so that ${depth.low} to ${depth.high} become 0 to 255 (of 16-bit colour Pillow reads the high byte alone).`
    : '';
  return `float32 [${input.batch ?? 'batch'}, ${input.height}, ${input.width}, 3], ${input.channels}, ${valueWords(normalize)}, resized to ${input.width} x ${input.height} with Pillow's ${pillow} (${fitWords[resize.resize ?? 'stretch']}).${deep}`;
}

const viewWords = {
  horizontal_flip: 'as it is and mirrored',
  flips: 'as it is, mirrored, upside down, and both',
  dihedral: 'as it is, mirrored, upside down, and both, and all of these turned by a quarter',
} as const;

/** Of which views `predict` takes the mean; null where it takes the image as it is. */
export function viewsWords({ test_time_augmentation: views }: Preprocessing): string | null {
  if (!views) return null;
  const count = symmetriesOf[views].length;
  return `the mean of the probabilities of ${count} views of an image, ${viewWords[views]}, which takes ${count} times as long`;
}

function valueWords(normalize: Preprocessing['normalize']): string {
  const words = scalingWords(normalize);
  return words === 'x' ? 'values 0 to 255' : words;
}
