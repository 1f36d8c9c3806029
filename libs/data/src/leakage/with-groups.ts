import type { Dataset, ImageFile } from '../dataset.ts';
import type { DetectedImages } from './detected-images.ts';

/** Whether any image of a data set has a group: as the settings or the data set name it, or as a grouped split has found it. */
export function hasGroups({
  train,
  validation,
  test,
}: Pick<Dataset, 'train' | 'validation' | 'test'>): boolean {
  return [train, validation, test].some((images) => images.some(({ group }) => group !== null));
}

/**
 * A data set whose images have the groups that were found by looking at them before, and the scenes that they show if `sceneOf` knows
 * them, so that nobody looks again. Null where an image has no group. The parts and the fingerprint stay.
 */
export function withGroups(
  dataset: Dataset,
  groupOf: (image: ImageFile) => string | undefined,
  unit: 'group' | 'photograph' | 'scene',
  sceneOf: (image: ImageFile) => string | undefined = () => undefined,
): Dataset | null {
  const part = (images: Dataset['train']) =>
    images.flatMap((image) => {
      const group = groupOf(image);
      return group === undefined ? [] : [{ ...image, group }];
    });
  const parts = {
    train: part(dataset.train),
    validation: part(dataset.validation),
    test: part(dataset.test),
  };
  const scenes = new Map(
    [...parts.train, ...parts.validation, ...parts.test].flatMap((image): [string, string][] => {
      const scene = sceneOf(image);
      return scene === undefined ? [] : [[image.sha256, scene]];
    }),
  );
  const none: DetectedImages = { groups: new Map(), confidence: new Map(), scenes, offered: [] };
  const whole = (['train', 'validation', 'test'] as const).every(
    (name) => parts[name].length === dataset[name].length,
  );
  return whole
    ? {
        ...dataset,
        ...parts,
        groupConfidence: unit === 'group' ? null : (dataset.groupConfidence ?? new Map()),
        groupUnit: unit === 'group' ? null : unit,
        detected: scenes.size > 0 ? none : dataset.detected,
      }
    : null;
}
