import type { Dataset, Leakage } from '@thaw/data';
import type { KeptGroups } from '@thaw/tracking';

/** The groups of all images of a data set as runs keep them, in the order of the data set. */
export function keptGroups(
  { origin, unit, images }: Pick<Leakage, 'origin' | 'unit' | 'images'>,
  { classes }: Pick<Dataset, 'classes'>,
): KeptGroups {
  return {
    origin,
    ...(unit === 'scene' && { unit }),
    images: images.map(({ image, split, group }) => {
      return { path: image.name, split, class: classes[image.label]!, group };
    }),
  };
}
