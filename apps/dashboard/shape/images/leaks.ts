import type { ImageTable } from './image-table.ts';

/** Images of one group on both sides of a split, as lines on a map. */
export interface LeakLines {
  /** Images in pairs: one that is validated or tested by, then the nearest on the map of its group that was known before. */
  readonly pairs: Int32Array;
  /** Of each image whether it is an end of a line, 1 or 0. */
  readonly leaking: Uint8Array;
}

/**
 * A line from each validation image to a training image of its group, and from each test image to a training or validation image of its group: of
 * several the nearest by `x` and `y`, the first where these are not given.
 */
export function leakLines(
  { count, splits, groups, groupSizes }: Pick<ImageTable, 'count' | 'splits' | 'groups' | 'groupSizes'>,
  place: { readonly x: Float32Array; readonly y: Float32Array } | null,
): LeakLines {
  const members = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const group = groups[i]!;
    if (groupSizes[group]! < 2) continue;
    const known = members.get(group);
    if (known) known.push(i);
    else members.set(group, [i]);
  }
  const pairs: number[] = [];
  const leaking = new Uint8Array(count);
  for (const images of members.values()) {
    for (const image of images) {
      const before = images.filter((each) => splits[each]! < splits[image]!);
      if (before.length === 0) continue;
      const nearest = place
        ? before.reduce((a, b) => (distance(place, image, b) < distance(place, image, a) ? b : a))
        : before[0]!;
      pairs.push(image, nearest);
      for (const each of [image, ...before]) leaking[each] = 1;
    }
  }
  return { pairs: Int32Array.from(pairs), leaking };
}

/** Squared; infinite where a place is not known. */
function distance({ x, y }: { x: Float32Array; y: Float32Array }, i: number, j: number): number {
  const square = (x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2;
  return Number.isNaN(square) ? Infinity : square;
}
