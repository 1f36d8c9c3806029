import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Random } from '@thaw/base';
import type { Dataset } from '@thaw/data';
import { openStore, type GapDocument } from '@thaw/tracking';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseRun } from '../src/gap/choose-run.ts';
import { recordGap } from '../src/gap/record-gap.ts';
import { dataOfRun } from '../src/groups/data-of-run.ts';
import { silent } from '../src/listener.ts';
import { leakageNotes } from '../src/promote/leakage-notes.ts';
import { runResults } from '../src/results/run-results.ts';
import { flatterySentences, honestTestSentences } from '../src/results/sentences.ts';
import { dataOf, drawnRow, smallSettings, writeRun } from './support/gap-runs.ts';

let root: string;
let runsDir: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'thaw-copies-in-test-'));
  runsDir = join(root, 'runs');
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Photographs are told by the number after p in the names of files; their colours and those of their copies differ a little. */
async function writeImages(folder: string, names: readonly string[]): Promise<string> {
  for (const name of names) {
    const photograph = Number(/p(\d+)/.exec(name)![1]);
    const random = new Random(name);
    const [r, g] = name.includes('cat') ? [200, 60] : [60, 200];
    const background = { r: r + random.int(9), g: g + random.int(9), b: (photograph * 37) % 256 };
    const path = join(root, folder, name);
    await mkdir(dirname(path), { recursive: true });
    const image = sharp({ create: { width: 32, height: 32, channels: 3, background } });
    await writeFile(path, await image.png().toBuffer());
  }
  return join(root, folder);
}

/** Cats are photographs from 1000 on, dogs from 2000 on. */
const each = (count: number, name: (label: string, first: number, i: number) => string) =>
  ['cat', 'dog'].flatMap((label, k) =>
    Array.from({ length: count }, (_, i) => name(label, 1000 * (k + 1), i)),
  );

const groups = { pattern: 'p\\d+' };
const photographOf = (name: string) => /p\d+/.exec(name)![0];

/** Images of photographs that training holds are right 95 % of the time, others 60 %. */
function draw({ classes, train, validation, test }: Dataset, seed: string) {
  const random = new Random(seed);
  const known = new Set(train.map(({ name }) => photographOf(name)));
  const rows = (images: Dataset['test']) =>
    images.map(({ name, label }) => {
      const accuracy = known.has(photographOf(name)) ? 0.95 : 0.6;
      return drawnRow({ file: name, label: classes[label]! }, accuracy, classes, random);
    });
  return { validation: rows(validation), test: rows(test) };
}

const sumOf = ({ parts }: GapDocument) => parts.reduce((sum, { value }) => sum + (value ?? 0), 0);
const partOf = ({ parts }: GapDocument, part: string) => parts.find((one) => one.part === part)!;

it('a test set that holds copies of training images is told everywhere, with the accuracy on the rest', async () => {
  const path = await writeImages('own-test', [
    ...each(50, (label, first, i) => `TRAIN/${label}/p${first + i}_0.png`),
    ...each(40, (label, first, i) => `TEST/${label}/p${first + i}_1.png`),
    ...each(15, (label, first, i) => `TEST/${label}/p${first + 500 + i}_0.png`),
  ]);
  const settings = smallSettings({ dataset: { path }, split: { strategy: 'keras', groups } });
  const data = await dataOf(runsDir, settings);
  const predicted = draw(data, 'own test');
  const run = await writeRun(runsDir, settings, predicted, data);
  const store = openStore(runsDir);
  const cacheDir = join(runsDir, 'cache');
  const document = await recordGap(store, { run, sweep: null, retrain: 3, cacheDir, listener: silent });

  const rest = predicted.test.filter(({ file }) => /p[12]5\d\d/.test(file));
  const accuracy = rest.filter((row) => row.label === row.predicted).length / rest.length;
  expect(document.leakage).toMatchObject({
    validation_images_with_a_twin_in_training: 0,
    test_images_with_a_twin_in_training_or_validation: 80,
    test_fraction: 80 / 110,
    honest_test: { accuracy, images: 30, groups: 30 },
    retrained: null,
  });
  expect(document.cause).toBe('test_leakage');
  expect(sumOf(document)).toBeCloseTo(document.overall.gap.value, 12);
  const { validation, test } = document.overall;
  expect(partOf(document, 'test_leakage').value).toBeCloseTo(accuracy - test.accuracy, 12);
  expect(document.leakage.honest_gap!.value).toBeCloseTo(validation.accuracy - accuracy, 12);
  const told = document.explanation.join('\n');
  expect(told).toContain('Leakage into validation: none.');
  expect(told).toContain(
    'Leakage into test: 80 of 110 (72.7 %) test images have a twin in training or validation',
  );
  expect(told).toContain(
    'so the test accuracy is not honest either. On the 30 images without one, of 30 groups',
  );

  // Kept as it was given, and on the page.
  expect(await store.gap(run)).toEqual(document);
  const page = await readFile(join(document.figures, 'report.html'), 'utf8');
  expect(page).toContain('so the test accuracy is not honest either');
  expect(page).toContain('the test images are copies of what the model learned from');
  expect(page).toContain('<h2>The same group in test</h2>');
  expect(page).toMatch(/test image TEST.cat.p10\d\d_1\.png/);
  expect(await readFile(join(document.figures, 'explanation.svg'), 'utf8')).toContain('Copies in test');
  expect((await readFile(join(document.figures, 'test-twins.png'))).length).toBeGreaterThan(1000);

  // What shows and promotes the run says the same.
  const results = await runResults(store, await store.run(run), { cacheDir });
  expect(results.honest_test).toMatchObject({ twins: 80, accuracy, images: 30, groups: 30 });
  const [sentence] = honestTestSentences(results.honest_test, results.grouping);
  expect(sentence).toMatch(
    /^80 of 110 .* not honest either\. On those without one \(30 images of 30 groups\) it is /,
  );
  expect(results.validation_twins).toBe(0);
  expect(flatterySentences(results)).toEqual([sentence]);
  expect(flatterySentences({ ...results, validation_twins: 5, honest_test: null })).toEqual([
    'The split leaks: 5 of 20 (25.0 %) validation images have a twin in training, another image of the same group (as they are ' +
      'named). Validation accuracy then says how well known groups are recognised, not new ones. The choice of the best trial goes by that, too.',
  ]);
  const chosen = await chooseRun(store, { run, sweep: null });
  const found = await dataOfRun(store, chosen.run, { cacheDir, listener: silent });
  expect(leakageNotes(chosen, found, 'group', results.honest_test)).toEqual([
    expect.stringContaining('None of 20 validation images shares a group with training'),
    expect.stringContaining('stand both in train and in test'),
    expect.stringContaining('stand both in validation and in test'),
    sentence,
  ]);
}, 60_000);

it('a test set that was cut off among copies, as validation was: the trial without copies says what both would be', async () => {
  const path = await writeImages(
    'no-test',
    each(60, (label, first, i) => `${label}/${Math.floor(i / 12)}_p${first + (i % 12)}.png`),
  );
  const settings = smallSettings({
    dataset: { path, layout: 'class-folders' },
    split: { strategy: 'keras', groups },
    training: { epochs: 1 },
  });
  const data = await dataOf(runsDir, settings);
  const run = await writeRun(runsDir, settings, draw(data, 'no test'), data);
  const store = openStore(runsDir);
  const options = { run, sweep: null, cacheDir: join(runsDir, 'cache'), listener: silent };
  const document = await recordGap(store, { ...options, retrain: 1 });

  expect(document.leakage).toMatchObject({
    fraction: 1,
    test_fraction: 1,
    honest_test: null,
    retrained: [{ split_seed: 42 }],
  });
  const [again] = document.leakage.retrained!;
  const { validation, test, gap } = document.overall;
  expect(partOf(document, 'leakage').value).toBeCloseTo(validation.accuracy - again!.val_accuracy, 12);
  expect(partOf(document, 'test_leakage').value).toBeCloseTo(again!.test_accuracy - test.accuracy, 12);
  expect(document.leakage.honest_gap!.value).toBeCloseTo(again!.val_accuracy - again!.test_accuracy, 12);
  expect(sumOf(document)).toBeCloseTo(gap.value, 12);
  const told = document.explanation.join('\n');
  expect(told).toMatch(/Leakage into test: 24 of 24 .* cannot be said of this run: .*\(none is left\)/);
  expect(told).toMatch(/Trained again on splits that keep each group on one side, test images among them/);

  const skipped = await recordGap(store, { ...options, retrain: 0 });
  expect(skipped.parts.map(({ part, value }) => [part, value === null])).toEqual([
    ['leakage', true],
    ['selection', false],
    ['shares', true],
    ['rest', false],
    ['test_leakage', true],
  ]);
  expect(sumOf(skipped)).toBeCloseTo(gap.value, 12);
}, 60_000);
