import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizeSmear } from '@thaw/data';
import { settingsSchema, type SyntheticDataset } from '@thaw/experiment';
import { asImportedRun, openStore, readImport } from '@thaw/tracking';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordGap } from '../src/gap/record-gap.ts';
import { lookAtImported } from '../src/groups/look-at-imported.ts';
import { silent } from '../src/listener.ts';
import { runResults } from '../src/results/run-results.ts';

const root = mkdtempSync(join(tmpdir(), 'thaw-look-at-imported-'));
const cacheDir = join(root, 'runs', 'cache');
let path: string;
/** Which photograph each image of the folder is a copy of. */
let sources: Map<string, string>;

beforeAll(async () => {
  const counts = { train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 4 };
  const { dataset } = settingsSchema.parse({ dataset: { source: 'synthetic-smear', ...counts } });
  path = await synthesizeSmear(dataset as SyntheticDataset, cacheDir);
  const lines = readFileSync(join(path, 'sources.csv'), 'utf8').trim().split('\n').slice(1);
  sources = new Map(lines.map((line) => line.split(',') as [string, string]));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Predictions as Keras names images: relative to the part's folder. The first two of each class are validation. */
function predictionsCsv(more = ''): string {
  const names = [...sources.keys()].sort();
  const labels = [...new Set(names.map((name) => name.split('/')[1]!))];
  const rows = names.flatMap((name) => {
    const [part, label, file] = name.split('/') as [string, string, string];
    const place = names.filter((each) => each.startsWith(`${part}/${label}/`)).indexOf(name);
    const split = part === 'TEST' ? 'test' : place < 2 ? 'validation' : null;
    const shares = labels.map((each) => (each === label ? 0.7 : 0.1));
    return split ? [[`${label}/${file}`, label, split, ...shares].join(',') + more.replace(/.+/, ',g')] : [];
  });
  return [`file,label,split,${labels.map((label) => `p_${label}`).join(',')}${more}`, ...rows, ''].join('\n');
}

async function imported(text: string) {
  const file = join(root, 'predictions.csv');
  writeFileSync(file, text);
  const [results] = await readImport(file);
  return asImportedRun(results!, file, null);
}

const look = async (text: string) =>
  lookAtImported(await imported(text), { path, layout: null } as Parameters<typeof lookAtImported>[1], {
    cacheDir,
    listener: silent,
    signal: new AbortController().signal,
  });

it('imported predictions have the groups that are found in their folder, and copies in training are told', async () => {
  const { run, notes } = await look(predictionsCsv());
  expect(notes).toEqual([
    `24 images of ${path} without a prediction count as what the model has learned from.`,
  ]);
  const { images, origin } = run.groups!;
  expect([origin, images.length]).toEqual(['detected', sources.size]);
  const photographs = new Map(images.map(({ path: name, group }) => [group, sources.get(name)!]));
  expect(images.map(({ path: name, group }) => [name, photographs.get(group)])).toEqual(
    images.map(({ path: name }) => [name, sources.get(name)]),
  );

  const store = openStore(join(root, 'runs'));
  const { id } = await store.importRun(run);
  const trained = new Set(images.filter(({ split }) => split === 'train').map(({ group }) => group));
  const twins = images.filter(({ split, group }) => split === 'validation' && trained.has(group)).length;
  const results = await runResults(store, await store.run(id), { cacheDir });
  expect(results.grouping).toMatchObject({ origin: 'detected', unit: 'photograph' });
  expect(results.validation_twins).toBe(twins);
  const gap = await recordGap(store, { run: id, sweep: null, retrain: 3, cacheDir, listener: silent });
  expect(gap.overall.test).toMatchObject({ images: 16, groups: 4 });
  expect(gap.leakage).toMatchObject({
    validation_images_with_a_twin_in_training: twins,
    test_images_with_a_twin_in_training_or_validation: 0,
  });
  expect(gap.explanation.join('\n')).toContain(
    'because an imported run cannot be trained again; but there is some',
  );
}, 60_000);

it.each([
  [() => predictionsCsv().replace('/_', '/x'), 'predicted images are not in'],
  [() => predictionsCsv(',group'), 'found groups of its images'],
  [() => 'epoch,loss\n0,1\n', 'found no predictions'],
])('what cannot be looked at is refused: %#', async (text, message) => {
  await expect(look(text())).rejects.toThrow(message);
});
