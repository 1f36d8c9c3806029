import type { Dataset, ImageFile } from '../dataset.ts';

/** Whether any image of a data set has a group: as the settings or the data set name it, or as a grouped split has found it. */
export function hasGroups({
  train,
  validation,
  test,
}: Pick<Dataset, 'train' | 'validation' | 'test'>): boolean {
  return [train, validation, test].some((images) => images.some(({ group }) => group !== null));
}

/**
 * A data set whose images have the groups that were found by looking at them before, so that nobody looks again. Null where an
 * image has none. The parts and the fingerprint stay.
 */
export function withGroups(
  dataset: Dataset,
  groupOf: (image: ImageFile) => string | undefined,
  unit: 'group' | 'photograph' | 'scene',
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
  const whole = (['train', 'validation', 'test'] as const).every(
    (name) => parts[name].length === dataset[name].length,
  );
  return whole
    ? {
        ...dataset,
        ...parts,
        groupConfidence: unit === 'group' ? null : (dataset.groupConfidence ?? new Map()),
        groupUnit: unit === 'group' ? null : unit,
      }
    : null;
}
