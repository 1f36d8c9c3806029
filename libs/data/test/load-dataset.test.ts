import { cp, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256 } from '@thaw/base';
import { settingsSchema } from '@thaw/experiment';
import { describe, expect, it } from 'vitest';
import { decoderVersion } from '../src/images/decode.ts';
import { loadDataset, type Dataset } from '../src/index.ts';
import { datasetSettings, load, makeFiles, makeFolder, makeImage, trainTest } from './make-images.ts';

describe('inspection', () => {
  it('remembers what decoded by content, each run in a file of its own', async () => {
    const folder = await makeFiles(trainTest(5, 1));
    const cacheDir = await makeFolder();
    const settings = datasetSettings(folder);
    const calls: [number, number][] = [];
    await loadDataset(settings, { cacheDir, onProgress: (...call) => calls.push(call) });
    expect(calls).toEqual(Array.from({ length: 12 }, (_, i) => [i + 1, 12]));
    const inspected = join(cacheDir, 'inspected');
    expect(await readdir(inspected)).toHaveLength(1);
    await loadDataset(settings, { cacheDir });
    expect(await readdir(inspected)).toHaveLength(1);
    await writeFile(join(folder, 'TRAIN/A/new.jpeg'), await makeImage('new'));
    await loadDataset(settings, { cacheDir });
    expect(await readdir(inspected)).toHaveLength(2);
  });

  it('does not decode again what this decoder read before, and decodes what another one did', async () => {
    const folder = await makeFiles({ ...trainTest(5, 1), 'TRAIN/A/bad.jpeg': 'no image' });
    const settings = datasetSettings(folder);
    const withRecord = async (record: string) => {
      const cacheDir = await makeFolder();
      await cp(await makeFiles({ 'inspected/1.json': record }), cacheDir, { recursive: true });
      return loadDataset(settings, { cacheDir });
    };
    const images = [sha256('no image')];
    await withRecord(JSON.stringify({ decoder: decoderVersion(), images, looks: {} }));
    await expect(withRecord(JSON.stringify({ decoder: 'older', images, looks: {} }))).rejects.toThrow(
      /bad.jpeg/,
    );
    await expect(withRecord('{"decoder": "cut o')).rejects.toThrow(/bad.jpeg/);
  });
});

describe('fingerprint', () => {
  it('is of classes, names, contents and splits, not of the place', async () => {
    const files = trainTest(10, 2);
    const first = await makeFiles(files);
    const same = await load(first);
    expect((await load(await makeFiles(files))).fingerprint).toBe(same.fingerprint);
    const others = [
      await load(first, {}, { validation: 0.3 }),
      await load(first, {}, { strategy: 'random' }),
      await load(await makeFiles({ ...files, 'TRAIN/A/0.jpeg': await makeImage('other') })),
      await load(await makeFiles({ ...files, 'TRAIN/A/new.jpeg': null })),
    ].map(({ fingerprint }) => fingerprint);
    expect(new Set([same.fingerprint, ...others]).size).toBe(5);
  });
});

describe('the synthetic smear', () => {
  it('knows the source of every file without being told, so a grouped split is possible', async () => {
    const settings = settingsSchema.parse({
      dataset: {
        source: 'synthetic-smear',
        train_sources_per_class: 3,
        test_sources_per_class: 1,
        images_per_source: 2,
      },
      split: { strategy: 'grouped', validation: 0.34 },
    });
    const { train, validation, test } = await loadDataset(settings, { cacheDir: await makeFolder() });
    const groups = (files: Dataset['train']) => new Set(files.map(({ group }) => group));
    expect(groups(train).has(null)).toBe(false);
    expect([...groups(validation)].some((group) => groups(train).has(group))).toBe(false);
    expect(train).toHaveLength(validation.length * 2);
    expect(test).toHaveLength(validation.length);
  });
});

/** Images of each class of the Kaggle set "Blood Cell Images", in TRAIN and TEST. */
const bloodCells = {
  EOSINOPHIL: [2497, 623],
  LYMPHOCYTE: [2483, 620],
  MONOCYTE: [2478, 620],
  NEUTROPHIL: [2499, 624],
} as const;

it('as many images as the blood cells fall into 7,968, 1,989 and 2,487 as in Keras', async () => {
  const images = Object.entries(bloodCells).flatMap(([label, counts]) =>
    counts.flatMap((count, part) =>
      Array.from({ length: count }, (_, i) => `${['TRAIN', 'TEST'][part]}/${label}/_${i}.jpeg`),
    ),
  );
  const ofFolder = new Map<string, Buffer>();
  for (const folder of new Set(images.map((name) => dirname(name))))
    ofFolder.set(folder, await makeImage(folder));
  const folder = await makeFiles(
    Object.fromEntries(images.map((name) => [name, ofFolder.get(dirname(name))!])),
  );
  const cacheDir = await makeFolder();
  const dataset = await loadDataset(datasetSettings(folder), { cacheDir });
  const { train, validation, test } = dataset;
  expect([train.length, validation.length, test.length]).toEqual([7968, 1989, 2487]);
  expect(dataset.classes).toEqual(Object.keys(bloodCells));
  expect(await loadDataset(datasetSettings(folder), { cacheDir })).toEqual(dataset);
});
