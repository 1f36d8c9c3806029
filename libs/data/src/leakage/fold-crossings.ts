import type { Folds } from '../dataset.ts';
import type { Crossing } from './crossings.ts';

/**
 * What the folds of a trial share: groups with images in two folds or more, in any repeat. Each of their images is validated by a
 * network that trained on another one. `images` are those of `folds`, in their order; none without folds.
 */
export function foldCrossings(
  images: readonly { readonly group: string }[],
  folds: Folds | null,
): Crossing[] {
  const torn = new Set(
    (folds ?? []).flatMap((foldOf) => {
      const first = new Map<string, number>();
      return images.flatMap(({ group }, i) => {
        if (!first.has(group)) first.set(group, foldOf[i]!);
        return first.get(group) === foldOf[i] ? [] : [group];
      });
    }),
  );
  if (torn.size === 0) return [];
  const shared = images.filter(({ group }) => torn.has(group)).length;
  return [{ from: 'train', to: 'validation', groups: torn.size, images: shared, images_in_to: shared }];
}
