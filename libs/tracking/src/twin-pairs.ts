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

/** Images of one photograph in training or validation and in test. */
export interface TestTwinPair {
  readonly class: string;
  readonly group: string;
  /** Paths relative to the data set's folder; `known` is the image that the run learned from or was chosen by. */
  readonly known: string;
  readonly test: string;
}

/**
 * Pairs of a validation image and a training image of one group, one pair a group and the classes in turn, at most
 * `limit`; otherwise in the order of `images`.
 */
export function twinPairs(images: readonly GroupedImage[], limit: number): TwinPair[] {
  return pairsInto('validation', images, limit).map(({ image: { path, class: name, group }, twin }) => {
    return { class: name, group, training: twin, validation: path };
  });
}

/** Pairs of a test image and a training or validation image, chosen as by `twinPairs`. */
export function testTwinPairs(images: readonly GroupedImage[], limit: number): TestTwinPair[] {
  return pairsInto('test', images, limit).map(({ image: { path, class: name, group }, twin }) => {
    return { class: name, group, known: twin, test: path };
  });
}

const before = { validation: ['train'], test: ['train', 'validation'] } as const;

/** The first image of each group in a part, with the first of the parts before it. */
function pairsInto(part: keyof typeof before, images: readonly GroupedImage[], limit: number) {
  const known = new Map<string, string>();
  for (const from of before[part]) {
    for (const { path, split, group } of images) {
      if (split === from && !known.has(group)) known.set(group, path);
    }
  }
  const pairs: { image: GroupedImage; twin: string }[] = [];
  const seen = new Set<string>();
  for (const image of images) {
    const twin = known.get(image.group);
    if (image.split !== part || twin === undefined || seen.has(image.group)) continue;
    seen.add(image.group);
    pairs.push({ image, twin });
  }
  return inTurn(pairs, ({ image }) => image.class).slice(0, limit);
}
