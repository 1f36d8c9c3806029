import type { KeptGroups } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { keptWith } from '../src/groups/groups-of-run.ts';

const image = (path: string, split: 'train' | 'validation' | 'test', group: string) => ({
  path,
  split,
  class: 'a',
  group,
});
const apart = [image('v', 'validation', 'g1'), image('s', 'test', 'g2')];

it.each<[string, Pick<KeptGroups, 'twins' | 'images'>, number | null, string[] | null]>([
  ['with folds and no copies', { twins: 0, images: apart }, 0, []],
  ['of which training images are kept', { images: [...apart, image('t', 'train', 'g3')] }, 0, []],
  ['of which none are kept', { images: apart }, null, null],
  ['of which none are kept, with a copy', { images: [...apart, image('s2', 'test', 'g1')] }, null, ['s2']],
])('twins of a run %s', async (_, kept, twins, testTwins) => {
  const store = { groups: () => Promise.resolve({ origin: 'detected' as const, ...kept }) };
  const rows = { validation: [{ file: 'v' }], test: [{ file: 's' }] };
  expect(await keptWith(store, 'r', rows)).toMatchObject({
    twins,
    testTwins: testTwins && new Set(testTwins),
  });
});
