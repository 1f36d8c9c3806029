import type { Split } from './crossings.ts';
import { byGroup } from './by-group.ts';

/** A group that holds so much of a class that a split by groups can hardly divide the class. */
export interface DominantGroup<T> {
  readonly label: string;
  readonly group: string;
  /** Its images of the class, in order. */
  readonly images: readonly T[];
  /** Images of the class that there are to divide. */
  readonly of: number;
}

/** From more than this share of a class on, what is left of it can hardly make two parts. */
const tooMuch = 0.5;

/**
 * The groups of several images that hold more than half of a class, the largest share first. What is in a test set of its own is
 * not divided and does not count.
 */
export function dominantGroups<
  T extends {
    readonly name: string;
    readonly label: string | null;
    readonly group: string;
    readonly split: Split | null;
  },
>(images: readonly T[]): DominantGroup<T>[] {
  const divided = images.filter(({ split, label }) => split !== 'test' && label !== null);
  const labels = [...new Set(divided.map(({ label }) => label!))];
  return labels
    .flatMap((label) => {
      const own = divided.filter((image) => image.label === label);
      const [group, members] = byGroup(own)[0]!;
      const isTooMuch = members.length > 1 && members.length > tooMuch * own.length;
      return isTooMuch ? [{ label, group, images: members, of: own.length }] : [];
    })
    .sort((a, b) => b.images.length / b.of - a.images.length / a.of);
}
