import type { ImageTable } from './image-table.ts';

/** One tile of a gallery: an image, and the others of its group that are shown, too. */
export interface Tile {
  readonly image: number;
  /** With the image itself, in the order of the gallery. */
  readonly members: readonly number[];
}

export const orders = {
  surest: 'Surest first',
  unsurest: 'Least sure first',
  list: 'By name of class and file',
} as const;
export type Order = keyof typeof orders;

/**
 * Images as tiles, one a group, so that twelve copies of one photograph do not look like twelve mistakes; each by itself where they are to be
 * kept `apart`.
 */
export function tilesOf(
  table: Pick<ImageTable, 'confidence' | 'groups' | 'labels' | 'files'>,
  images: Iterable<number>,
  order: Order,
  apart = false,
): Tile[] {
  const { confidence, labels, files } = table;
  const sure = (i: number) => (Number.isNaN(confidence[i]!) ? -1 : confidence[i]!);
  const byName = (a: number, b: number) => labels[a]! - labels[b]! || (files[a]! < files[b]! ? -1 : 1);
  const compare = {
    surest: (a: number, b: number) => sure(b) - sure(a) || a - b,
    unsurest: (a: number, b: number) => sure(a) - sure(b) || a - b,
    list: byName,
  }[order];
  const tiles = new Map<number, { image: number; members: number[] }>();
  for (const image of [...images].sort(compare)) {
    const key = apart ? image : table.groups[image]!;
    const tile = tiles.get(key);
    if (tile) tile.members.push(image);
    else tiles.set(key, { image, members: [image] });
  }
  return [...tiles.values()];
}
