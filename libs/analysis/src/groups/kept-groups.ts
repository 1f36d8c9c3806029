import type { Dataset, Leakage } from '@thaw/data';
import type { GroupedImage, KeptGroups } from '@thaw/tracking';

/** The groups of all images of a data set as runs keep them, in the order of the data set. */
export function keptGroups(
  {
    origin,
    unit,
    images,
    validationImagesWithATwinInTraining: twins,
  }: Pick<Leakage, 'origin' | 'unit' | 'images' | 'validationImagesWithATwinInTraining'>,
  { classes, validation, folds }: Pick<Dataset, 'classes' | 'validation' | 'folds'>,
): KeptGroups {
  const places = new Map(folds && validation.map(({ name }, i) => [name, i] as const));
  const foldsOf = (name: string) => {
    const place = places.get(name);
    return folds && place !== undefined ? { folds: folds.map((foldOf) => foldOf[place]!) } : {};
  };
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
      ...foldsOf(image.name),
    })),
  };
}

/** The folds of kept validation images in their order, once for each repeat; null where they are not kept of all. */
export function foldsKept(validated: readonly Pick<GroupedImage, 'folds'>[]): Dataset['folds'] {
  if (!validated.every(({ folds }) => folds !== undefined)) return null;
  const repeats = validated[0]?.folds?.length ?? 0;
  return Array.from({ length: repeats }, (_, repeat) => validated.map(({ folds }) => folds![repeat]!));
}
