import type { ImageFile, Leakage } from '@thaw/data';

/** Images of one photograph on both sides of the split. */
export interface TwinPair {
  readonly group: string;
  readonly training: ImageFile;
  readonly validation: ImageFile;
}

/**
 * Pairs of a validation image and a training image of one group, one pair a group and the classes in turn, at most
 * `limit`; in the order of the data set.
 */
export function twinPairs(images: Leakage['images'], limit: number): TwinPair[] {
  const training = new Map<string, ImageFile>();
  for (const { image, split, group } of images) {
    if (split === 'train' && !training.has(group)) training.set(group, image);
  }
  const byClass = new Map<number, TwinPair[]>();
  const seen = new Set<string>();
  for (const { image, split, group } of images) {
    const twin = training.get(group);
    if (split !== 'validation' || !twin || seen.has(group)) continue;
    seen.add(group);
    const pairs = byClass.get(image.label) ?? [];
    byClass.set(image.label, [...pairs, { group, training: twin, validation: image }]);
  }
  const most = Math.max(0, ...[...byClass.values()].map(({ length }) => length));
  return Array.from({ length: most }, (_, i) => [...byClass.values()].flatMap((pairs) => pairs[i] ?? []))
    .flat()
    .slice(0, limit);
}
