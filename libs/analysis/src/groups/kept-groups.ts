import type { Dataset, Leakage } from '@thaw/data';
import type { KeptGroups } from '@thaw/tracking';

/** The groups of all images of a data set as runs keep them, in the order of the data set. */
export function keptGroups(
  {
    origin,
    unit,
    images,
    validationImagesWithATwinInTraining: twins,
  }: Pick<Leakage, 'origin' | 'unit' | 'images' | 'validationImagesWithATwinInTraining'>,
  { classes, folds }: Pick<Dataset, 'classes' | 'folds'>,
): KeptGroups {
  return {
    origin,
    ...(unit === 'scene' && { unit }),
    ...(folds && { twins }),
    images: images.map(({ image, split, group, scene }) => ({
      path: image.name,
      split,
      class: classes[image.label]!,
      group,
      ...(unit !== 'scene' && scene !== null && { scene }),
    })),
  };
}
