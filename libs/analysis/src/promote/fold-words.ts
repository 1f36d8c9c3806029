import { counted, thousands } from '@thaw/base';
import { dealtWords, type SplitSettings } from '@thaw/experiment';

type Folds = Pick<SplitSettings, 'folds' | 'repeats'>;

/** What to know of the mean of the networks of a run with folds; `isShared`: they have a frozen part in common. */
export function ensembleWords(
  split: Folds,
  { isShared, sealed }: { isShared: boolean; sealed: boolean },
): string {
  const { folds = 1, repeats = 1 } = split;
  const networks =
    repeats === 1 ? `${folds} folds' networks` : `the ${folds * repeats} networks of ${dealtWords(split)}`;
  const shared = isShared ? ', which share what is frozen' : '';
  const figures = sealed ? 'Validation' : "Test figures are the mean's; validation";
  const whose =
    repeats === 1 ? 'those of single networks, each of images that it had not seen' : ofRepeats(repeats);
  return `An ensemble: the mean of the probabilities of ${networks}${shared}, each trained on a part of the training images. ${figures} figures are ${whose}. Heat maps and nearest images are those of the first fold's network.`;
}

/** What to know of a network that was trained anew on all images of the folds of a run. */
export function refitWords(
  split: Folds,
  { images, epochs, sealed }: { images: number; epochs: number; sealed: boolean },
): string {
  const { repeats = 1 } = split;
  const figures = sealed ? 'Validation' : "Test figures are this network's; validation";
  const whose =
    repeats === 1 ? "those of the folds' networks, each of images that it had not seen" : ofRepeats(repeats);
  return `Refitted: trained anew on all ${thousands(images)} training images for ${counted(epochs, 'epoch')}, the median of ${dealtWords(split)}; no image was held out. ${figures} figures are ${whose}.`;
}

function ofRepeats(repeats: number): string {
  return `those of the mean of the ${repeats} networks that had not seen the image`;
}
