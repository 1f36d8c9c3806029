import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore, type KeptGroups } from '../src/index.ts';
import { newRun, temporaryFolder } from './support/fixtures.ts';

const images: KeptGroups['images'] = [
  { path: 'TRAIN/A/1.png', split: 'train', class: 'A', group: 'x' },
  { path: 'TRAIN/B/1.png', split: 'train', class: 'B', group: 'x' },
  { path: 'TRAIN/A/2.png', split: 'validation', class: 'A', group: 'x' },
  { path: 'TEST/A/"3".png', split: 'test', class: 'A', group: '__proto__' },
];

test('groups are kept in a plain file of the run, each name once, and read back', async () => {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const run = await store.createRun(newRun(0));
  expect(await store.groups(run.id)).toBeNull();
  await run.writeGroups({ origin: 'named', images });
  expect(await store.groups(run.id)).toEqual({ origin: 'named', images });
  const text = await readFile(join(folder, 'runs', run.id, 'groups.json'), 'utf8');
  expect(JSON.parse(text)).toEqual({
    origin: 'named',
    groups: [
      { group: 'x', class: 'A', train: ['TRAIN/A/1.png'], validation: ['TRAIN/A/2.png'] },
      { group: 'x', class: 'B', train: ['TRAIN/B/1.png'] },
      { group: '__proto__', class: 'A', test: ['TEST/A/"3".png'] },
    ],
  });
  await store.keepGroups(run.id, { origin: 'detected', unit: 'scene', images });
  expect(await store.groups(run.id)).toEqual({ origin: 'detected', unit: 'scene', images });
  await store.keepGroups(run.id, { origin: 'detected', images: images.slice(3) });
  expect(await store.groups(run.id)).toEqual({ origin: 'detected', images: images.slice(3) });
});

test('the scene that photographs show and the folds that validated them are kept with each', async () => {
  const store = openStore(temporaryFolder());
  const run = await store.createRun(newRun(0));
  const [first, second, third] = images;
  const shown = [{ ...first!, scene: 'place' }, { ...third!, scene: 'place', folds: [1, 0] }, second!];
  await run.writeGroups({ origin: 'detected', images: shown });
  const kept = await store.groups(run.id);
  expect(kept?.images).toHaveLength(3);
  expect(kept?.images).toEqual(expect.arrayContaining(shown));
});

test('groups that `gap` left in a run of before still count, unless the run keeps its own', async () => {
  const store = openStore(temporaryFolder());
  const run = await store.createRun(newRun(0));
  const gap = await store.gapFolder(run.id);
  await mkdir(gap);
  await writeFile(join(gap, 'groups.jsonl'), images.map((image) => `${JSON.stringify(image)}\n`).join(''));
  expect(await store.groups(run.id)).toEqual({ origin: 'detected', images });
  await run.writeGroups({ origin: 'named', images: [] });
  expect(await store.groups(run.id)).toEqual({ origin: 'named', images: [] });
});

test('a file that Thaw did not write is named with what does not fit', async () => {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const run = await store.createRun(newRun(0));
  await writeFile(join(folder, 'runs', run.id, 'groups.json'), '{"origin": "guessed", "groups": []}');
  await expect(store.groups(run.id)).rejects.toThrow(
    /groups\.json: not a document that Thaw wrote: origin: .*named.*detected/,
  );
});
