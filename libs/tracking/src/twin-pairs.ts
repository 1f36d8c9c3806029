import { inTurn } from '@thaw/base';
import type { GroupedImage } from './records/grouped-image.ts';

/** Images of one photograph on both sides of a split. */
export interface TwinPair {
  readonly class: string;
  readonly group: string;
  /** Paths relative to the data set's folder. */
  readonly training: string;
  readonly validation: string;
}

/**
 * Pairs of a validation image and a training image of one group, one pair a group and the classes in turn, at most
 * `limit`; otherwise in the order of `images`.
 */
export function twinPairs(images: readonly GroupedImage[], limit: number): TwinPair[] {
  const training = new Map<string, string>();
  for (const { path, split, group } of images) {
    if (split === 'train' && !training.has(group)) training.set(group, path);
  }
  const pairs: TwinPair[] = [];
  const seen = new Set<string>();
  for (const { path, split, group, class: name } of images) {
    const twin = training.get(group);
    if (split !== 'validation' || twin === undefined || seen.has(group)) continue;
    seen.add(group);
    pairs.push({ class: name, group, training: twin, validation: path });
  }
  return inTurn(pairs, (pair) => pair.class).slice(0, limit);
}
