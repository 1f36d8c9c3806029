import { foldFiles, type Dataset, type ImageFile } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import { expect, it } from 'vitest';
import { asBegun, dataChanges } from '../src/begin/data-changes.ts';

const images = ['a', 'b', 'c', 'd'].map((name): ImageFile => ({
  path: `/${name}`,
  name,
  label: 0,
  sha256: name,
  group: null,
}));

/** What a sweep says whose images are those that it began with, in other parts. */
async function changesOf(split: object): Promise<string[]> {
  const settings = settingsSchema.parse({ dataset: { path: 'x' }, split });
  const [train, validation, test] = [images.slice(0, 2), images.slice(2, 3), images.slice(3)];
  const dataset = { classes: ['A'], train, validation, test, fingerprint: 'now' } as unknown as Dataset;
  const kept = images.map(({ name, sha256 }) => ({ name, class: 'A', sha256 }));
  const store = {
    sweepImages: () => Promise.resolve([{ parameters: {}, fingerprint: 'then', images: kept }]),
    run: () => Promise.reject(new Error('no run is read')),
  };
  return dataChanges(store, { id: 's', trials: [] }, { settings }, [{ parameters: {}, settings, dataset }]);
}

it.each([{ groups: 'detect' }, { groups: { detect: 'scene' } }])(
  'a split by groups that were found otherwise before is refused with that reason: %j',
  async (split) => {
    const [sentence, ...others] = await changesOf({ strategy: 'grouped', ...split });
    expect(sentence).toMatch(
      /^the images are the same, but they are split otherwise: the groups of its split were found by an earlier version, which .* kept photographs of one scene together as \{detect: scene\} does now$/,
    );
    expect(others).toEqual([]);
  },
);

it.each([{ strategy: 'keras', groups: 'detect' }, { strategy: 'grouped', groups: { pattern: '.' } }, {}])(
  'no such reason is given where nobody looked: %j',
  async (split) => {
    expect(await changesOf(split)).toEqual(['the images are the same, but they are split otherwise']);
  },
);

it('a sweep goes on with the folds that it began with, which an earlier version dealt', async () => {
  const sizes = [7, 7, 6, 6, 5, 5, 4];
  const validation = sizes.flatMap((size, g) =>
    Array.from({ length: size }, (_, i): ImageFile => {
      return { path: '', name: `${g}-${i}`, label: 0, sha256: `${g}-${i}`, group: `${g}` };
    }),
  );
  const split = { strategy: 'grouped', groups: { pattern: '^\\d' }, folds: 3, seed: 1 } as const;
  const settings = settingsSchema.parse({ dataset: { path: 'x' }, split });
  const folds = foldFiles(validation, ['A'], { ...settings.split, folds: 3 });
  const dataset = {
    ...{ classes: ['A'], train: [], validation, test: [], folds, strategy: 'grouped', fingerprint: 'now' },
  } as unknown as Dataset;
  // What was dealt before groups changed places to make folds more even.
  const then = 'd368e040ddc010b9a86763c7d308c0f231651f5cd12730a8df68f1705f4f28f4';
  const begunWith = (fingerprint: string) => ({
    sweepImages: () => Promise.resolve([{ parameters: {}, fingerprint, images: [] }]),
  });
  const read = [{ parameters: {}, settings, dataset }];
  const [kept] = await asBegun(begunWith(then), { id: 's' }, read);
  expect(kept!.dataset.fingerprint).toBe(then);
  expect(kept!.dataset.folds).not.toEqual(folds);
  expect(await asBegun(begunWith('other'), { id: 's' }, read)).toEqual(read);
});
