import type { Folds } from '../dataset.ts';
import type { Crossing, SplitImage } from './crossings.ts';

/**
 * What the folds of a trial share: groups with images in two folds or more, in any repeat. Each of their images is validated by a
 * network that trained on another one. `images` are those of `folds`, in their order; one without a group shares none. None without
 * folds.
 */
export function foldCrossings(
  images: readonly { readonly group: string | null }[],
  folds: Folds | null,
): Crossing[] {
  const torn = new Set(
    (folds ?? []).flatMap((foldOf) => {
      const first = new Map<string, number>();
      return images.flatMap(({ group }, i) => {
        if (group === null) return [];
        if (!first.has(group)) first.set(group, foldOf[i]!);
        return first.get(group) === foldOf[i] ? [] : [group];
      });
    }),
  );
  if (torn.size === 0) return [];
  const shared = images.filter(({ group }) => group !== null && torn.has(group)).length;
  return [{ from: 'train', to: 'validation', groups: torn.size, images: shared, images_in_to: shared }];
}

/** Images of a trial with folds in the parts by which it knows them: those that validate in one fold train in the others. */
export function asTrained<T extends SplitImage>(images: readonly T[]): (T & SplitImage)[] {
  return images.map((image) => (image.split === 'validation' ? { ...image, split: 'train' } : image));
}
