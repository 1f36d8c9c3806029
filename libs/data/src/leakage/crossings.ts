/** The parts of a data set. */
export type Split = 'train' | 'validation' | 'test';

/** An image as far as leakage goes. */
export interface SplitImage {
  /** Null where the images are in no part of a data set. */
  readonly split: Split | null;
  readonly group: string;
}

/** Groups with images in two parts of a data set. */
export interface Crossing {
  readonly from: Split;
  readonly to: Split;
  readonly groups: number;
  /** All images of these groups in the two parts. */
  readonly images: number;
  /** Those of them in `to`: the images that have a twin in `from`. */
  readonly images_in_to: number;
}

const pairs: readonly (readonly [Split, Split])[] = [
  ['train', 'validation'],
  ['train', 'test'],
  ['validation', 'test'],
];

/** The groups that have images in `from` and in `to`. */
export function groupsInBoth(images: readonly SplitImage[], from: Split, to: Split): Set<string> {
  const groupsOf = (part: Split) => images.filter(({ split }) => split === part).map(({ group }) => group);
  const known = new Set(groupsOf(from));
  return new Set(groupsOf(to).filter((group) => known.has(group)));
}

/** Every pair of parts that share groups; none when no group crosses. A group in all three parts counts in each pair. */
export function findCrossings(images: readonly SplitImage[]): Crossing[] {
  return pairs.flatMap(([from, to]) => {
    const shared = groupsInBoth(images, from, to);
    if (shared.size === 0) return [];
    const crossing = images.filter(({ group }) => shared.has(group));
    const inTo = crossing.filter(({ split }) => split === to).length;
    const inFrom = crossing.filter(({ split }) => split === from).length;
    return [{ from, to, groups: shared.size, images: inFrom + inTo, images_in_to: inTo }];
  });
}
