import { expect, test } from 'vitest';
import { isAnotherExposure, usualGrain } from '../src/duplicates/groups/exposures.ts';
import { groupsFound } from '../src/duplicates/groups/groups-found.ts';
import { PhotographGroups } from '../src/duplicates/groups/photograph-groups.ts';
import { scenePairs } from '../src/duplicates/groups/scene-pairs.ts';
import type { Comparison, Placement } from '../src/duplicates/verify/comparison.ts';

function link(a: number, b: number, distance: number, more: Partial<Comparison> = {}): Comparison {
  return {
    a,
    b,
    confidence: 0.99,
    distance,
    affinity: [1, 0, 20, 0, 1, 5],
    isInverted: false,
    agreement: { share: 0.99, correlation: 1 - distance, patches: 100, conflicts: 0 },
    isAmbiguous: false,
    isDrawing: false,
    isTurned: false,
    grain: null,
    ...more,
  };
}

async function grouped(
  links: readonly Comparison[],
  usual: number | null,
  fields: readonly Comparison[] = [],
) {
  const asked: Placement[] = [];
  const groups = new PhotographGroups(6, (placements) => {
    asked.push(...placements);
    return Promise.resolve(placements.map(({ a, b }) => link(a, b, 0.004)));
  });
  await groups.add(links);
  await groups.finish((link) => isAnotherExposure(link, usual), fields);
  return { groups, asked };
}

const grain = { patches: 25, same: 4, isInPlace: false };

test.each([
  ['another exposure of its field, seen from aside, whose noise is another', { grain }, false],
  ['a copy that shares its noise', { grain: { ...grain, same: 22 } }, true],
  [
    'a copy that lies on it as a whole, compressed or made noisy since',
    { grain: { ...grain, isInPlace: true } },
    true,
  ],
  [
    'a crop that was enlarged, whose noise cannot be compared',
    { grain, affinity: [1.7, 0, 0, 0, 1.7, 0] },
    true,
  ],
] satisfies [string, Partial<Comparison>, boolean][])(
  'where a photograph has no other copies, an image that differs by 0.02 is taken for %s',
  async (_, more, isCopy) => {
    const { groups } = await grouped([link(0, 1, 0.02, more)], 0.8);
    expect(groups.areTogether(0, 1)).toBe(isCopy);
    expect(groups.sharedFields).toHaveLength(isCopy ? 0 : 1);
  },
);

test('two fields that were not joined for what is known of them show one place, unless others tie them', async () => {
  const fields = [link(0, 2, 0.02), link(3, 4, 0.02)];
  const { groups } = await grouped([link(3, 4, 0.001)], null, fields);
  expect(groups.sharedFields).toEqual([{ a: 0, b: 2, confidence: 0.99 }]);
});

test('links are tried in order, though those of different groups side by side: other members bear out a later one', async () => {
  const links = [link(1, 2, 0.006), link(0, 1, 0.001), link(3, 4, 0.002), link(0, 2, 0.009)];
  const { groups, asked } = await grouped(links, null);
  expect(groups.membersOf(0)).toEqual([0, 1, 2]);
  expect(groups.membersOf(3)).toEqual([3, 4]);
  expect(groups.links.map(({ a, b }) => [a, b])).toEqual([
    [0, 1],
    [3, 4],
    [1, 2],
  ]);
  // Of the group of 0 and 1, 0 is asked about 2, where it lies by way of 1.
  expect(asked.map(({ a, b }) => [a, b])).toEqual([[0, 2]]);
  expect(asked[0]!.affinity.map((value) => Math.round(value))).toEqual([1, 0, 40, 0, 1, 10]);
});

test('noise tells nothing in a set whose copies lost it, or where there are few', () => {
  const links = (same: number, count: number) =>
    Array.from({ length: count }, (_, i) => link(i, i + 20, 0.005, { grain: { ...grain, same } }));
  expect(usualGrain(links(20, 10))).toBe(0.8);
  expect(usualGrain([...links(20, 19), ...links(2, 1)])).toBe(0.8);
  expect(usualGrain(links(8, 10))).toBeNull();
  expect(usualGrain(links(20, 5))).toBeNull();
  expect(isAnotherExposure(link(0, 1, 0.02, { grain }), null)).toBe(false);
});

/** All pairs of four images. */
const fourFrames = [0, 1, 2, 3].flatMap((b) => [0, 1, 2, 3].slice(0, b).map((a) => [a, b] as const));

test('offered is what may be copies and is no more sure than that, not what is known to be of two photographs', async () => {
  const { groups } = await grouped([link(4, 5, 0.02, { grain })], 0.8);
  const other = link(0, 4, 0.005, { confidence: 0.9 });
  const unsure = [link(1, 5, 0.005, { confidence: 0.95 }), link(2, 5, 0.005, { confidence: 0.4 })];
  const frames = fourFrames.map(([a, b]) => link(a, b, 0.005, { confidence: 0.95 }));
  const offeredOf = (open: readonly Comparison[]) =>
    groupsFound(groups, open, 6, (comparison) => comparison === other).offered;
  expect(groups.sharedFields).toHaveLength(1);
  expect(offeredOf([link(4, 5, 0.02), other, ...unsure])).toEqual([
    { a: 1, b: 5, confidence: 0.5 },
    { a: 2, b: 5, confidence: 0.4 },
  ]);
  expect(offeredOf(frames)).toEqual([]);
});

test.each([
  ['frames of a camera', fourFrames.map(([a, b]) => [a, b, 0.65, 200]), 6],
  [
    'two overlapping views beside images that share little',
    [
      [0, 1, 0.8, 100],
      [0, 2, 0.3, 200],
      [1, 3, 0.2, 90],
    ],
    1,
  ],
  ['what few patches show, as of a speck on two blank pages', [[0, 1, 1, 11]], 0],
  [
    'the most alike of one kind',
    [
      [0, 1, 0.67, 150],
      [0, 2, 0.58, 150],
      [1, 3, 0.4, 150],
    ],
    0,
  ],
] satisfies [string, number[][], number][])('%s: so many pairs show one scene', (_, pairs, count) => {
  const open = pairs.map(([a, b, share, patches]) =>
    link(a!, b!, 0.2, {
      confidence: 0,
      agreement: { share: share!, correlation: 0.8, patches: patches!, conflicts: 9 },
    }),
  );
  expect(scenePairs(open, () => false)).toHaveLength(count);
  const drawings = open.map((comparison) => ({ ...comparison, isDrawing: true }));
  expect(scenePairs(drawings, () => false)).toEqual([]);
});
