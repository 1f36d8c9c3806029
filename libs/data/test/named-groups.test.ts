import { join } from 'node:path';
import { settingsSchema } from '@thaw/experiment';
import { expect, it } from 'vitest';
import { hasGroups, loadDataset, withGroups, type Dataset, type ImageFile } from '../src/index.ts';
import { namedGroups } from '../src/splits/named-groups.ts';
import { datasetSettings, makeFiles, makeFolder } from './make-images.ts';

const names = ['TRAIN/A/a_1.png', 'TRAIN/A/a_2.png', 'TEST/A/b_1.png'];

it('names groups by a table or a pattern without reading an image; a file without one is alone', async () => {
  const folder = await makeFiles({ 'groups.csv': `file,patient\n${names[0]},x\n${names[1]},x\n` });
  const settings = (groups: object | undefined) => datasetSettings('no-such-images', {}, { groups });
  const csv = await namedGroups(
    settings({ csv: join(folder, 'groups.csv'), column: 'patient' }),
    names,
    folder,
  );
  expect(names.map((name) => csv!.get(name))).toEqual(['x', 'x', `alone: ${names[2]}`]);
  const pattern = await namedGroups(settings({ pattern: '/([a-z])_' }), names, folder);
  expect(names.map((name) => pattern!.get(name))).toEqual(['a', 'a', 'b']);
});

it('gives those of the synthetic smear as reading its images does, and none where it has not been drawn', async () => {
  const cacheDir = await makeFolder();
  const settings = settingsSchema.parse({
    dataset: { train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 5 },
  });
  expect(await namedGroups(settings, names, cacheDir)).toBeNull();
  const { train, validation, test } = await loadDataset(settings, { cacheDir });
  const images = [...train, ...validation, ...test];
  const found = await namedGroups(
    settings,
    images.map(({ name }) => name),
    cacheDir,
  );
  expect(images.map(({ name }) => found!.get(name))).toEqual(images.map(({ group }) => group));
});

it.each([
  ['nothing names any', {}],
  ['they would have to be looked for', { groups: 'detect' }],
  ['the table is gone', { groups: { csv: 'gone.csv', column: 'patient' } }],
])('names none where %s', async (_, split) => {
  expect(await namedGroups(datasetSettings('images', {}, split), names, 'cache')).toBeNull();
});

it('gives a data set the groups that were found before, to all of its images or to none', () => {
  const image = (name: string): ImageFile => ({ path: name, name, label: 0, sha256: name, group: null });
  const dataset = {
    train: [image('a')],
    validation: [image('b')],
    test: [image('c')],
    groupConfidence: null,
  } as unknown as Dataset;
  const groups = new Map([
    ['a', 'x'],
    ['b', 'x'],
    ['c', 'y'],
  ]);
  const grouped = withGroups(dataset, ({ name }) => groups.get(name), 'photograph')!;
  expect([grouped.train, grouped.validation, grouped.test].map(([each]) => each!.group)).toEqual([
    'x',
    'x',
    'y',
  ]);
  expect([hasGroups(dataset), hasGroups(grouped)]).toEqual([false, true]);
  expect([grouped.groupConfidence, withGroups(dataset, () => 'z', 'group')!.groupConfidence]).toEqual([
    new Map(),
    null,
  ]);
  groups.delete('c');
  expect(withGroups(dataset, ({ name }) => groups.get(name), 'photograph')).toBeNull();
});
