import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTest, promote, sealedChoice, silent } from '@thaw/analysis';
import { chooseRun } from '@thaw/analysis/choose-run';
import { percentInterval } from '@thaw/base';
import { openModel } from '@thaw/serving';
import { openModelStore, openStore } from '@thaw/tracking';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startProgram } from './support/program.ts';
import { Surfaces } from './support/surfaces.ts';

const experiment = `
dataset: {train_sources_per_class: 5, test_sources_per_class: 3, images_per_source: 4}
split: {strategy: grouped, folds: 3}
model: {alpha: 0.35, image_size: 32, weights: random, head_units: 8}
training: {epochs: 4, batch_size: 16}
test: sealed
parameters: {model.head_units: {values: [4, 8]}}
`;
let folder: string;
let runsDir: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-promote-folds-'));
  runsDir = join(folder, 'runs');
  writeFileSync(join(folder, 'e.yaml'), experiment);
  const { ended, output } = startProgram(
    ...['sweep', '--config', join(folder, 'e.yaml'), '--workers', '1', '--runs-dir', runsDir],
  );
  expect(await ended, output.stderr).toBe(0);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('compares sealed runs on validation images alone, the same everywhere', async () => {
  const surfaces = new Surfaces(runsDir);
  const runs = (await openStore(runsDir).sweep('latest')).trials.map(({ run }) => run!);
  const { document, text } = await surfaces.compare(runs);
  expect(await surfaces.comparison(runs)).toEqual(document);
  expect(document.runs.map(({ test }) => test)).toEqual([null, null]);
  expect(document.comparisons.map(({ part }) => part)).toEqual(['validation']);
  expect(document.notes.join()).toMatch(/Test accuracies are not compared: the test set of .* is sealed/);
  expect(text).not.toContain('Test:');
});

it('has the same figures of a sealed run in `runs show` and the API, of validation alone', async () => {
  const surfaces = new Surfaces(runsDir);
  const { run } = (await sealedChoice(openStore(runsDir), 'latest'))!;
  const { results, missing, validation } = await surfaces.sealed(run.id);
  expect(results).toBeNull();
  expect(missing).toMatch(/is sealed/);
  expect(validation.overall).toMatchObject({ accuracy: run.summary.val_accuracy, images: 80, groups: 20 });
  const { document, text } = await surfaces.show(run.id);
  expect(document.validation).toEqual(validation);
  expect(text).toContain(percentInterval(validation.overall.ci95));
  expect(text).toContain('The test set is sealed');
});

const options = () => ({
  ...{ run: null, sweep: 'latest', name: 'cells', alias: null, runsDir, listener: silent },
});

it.each([
  ['refit', /^Refitted: .* Validation figures are those of the folds' networks/],
  [
    'ensemble',
    /^An ensemble: the mean of the probabilities of 3 folds' networks, which share what is frozen/,
  ],
] as const)('promotes a sealed run as %s without a look at a test image, and says so', async (as, note) => {
  const { path, version, notes, ...said } = await promote({ ...options(), name: `sealed-${as}`, as });
  expect(said).toMatchObject({ as, sealed: true, test_accuracy: null });
  expect(notes[0]).toMatch(note);
  expect(notes.join('\n')).toContain('Test figures are sealed');
  expect(notes.join('\n')).not.toMatch(/test accuracy \d/);
  expect(notes.find((note) => note.startsWith('Forecast of trial'))).not.toMatch(/nan/i);
  const card = readFileSync(join(path, 'README.md'), 'utf8');
  expect(card).toContain('The test set is sealed: nothing of it was predicted');
  expect(card).not.toContain('on test images, which had');
  expect(card).not.toContain('split: test');
  const record = await openModelStore(runsDir).resolve(`sealed-${as}:${version}`);
  expect(record.as).toBe(as);
  expect(record.summary.test_accuracy).toBeNaN();
  expect(record.verified).toMatchObject({ images: 32, part: 'train' });
  expect(record.verified!.largest_difference).toBeLessThan(1e-5);
  const models = startProgram('models', '--runs-dir', runsDir);
  expect(await models.ended).toBe(0);
  expect(models.output.stdout).toMatch(new RegExp(`sealed-${as}:${version} .* sealed +- +`));
  const store = openStore(runsDir);
  expect((await store.sweep('latest')).openings).toEqual([]);
  expect((await store.run(said.run)).sealed).toBe(true);
});

it('refits a run with folds on all its training images once its test set is open, and the card says so', async () => {
  const store = openStore(runsDir);
  const sealed = (await sealedChoice(store, 'latest'))!;
  await openTest(store, sealed, { runsDir, why: 'asked', listener: silent });
  const { path, version, notes } = await promote(options());
  const run = await store.run(sealed.run.id);
  const epochs = run.summary!.best_epoch;
  const said = `Refitted: trained anew on all 80 training images for ${epochs} epoch`;
  expect(notes[0]).toContain(said);
  expect(readFileSync(join(path, 'README.md'), 'utf8')).toContain(said);
  expect(notes.join('\n')).toMatch(/Forecast of trial \d, the best of 2/);
  const record = await openModelStore(runsDir).resolve(`cells:${version}`);
  expect(record.as).toBe('refit');
  // Its test figures are those of the network that was exported, not of the folds' networks.
  expect(record.verified!.largest_difference).toBeLessThan(1e-5);
  expect(record.summary.val_accuracy).toBe(run.summary!.val_accuracy);
  for (const figure of ['test_loss', 'test_calibration_error'] as const)
    expect(record.summary[figure]).not.toBe(run.summary![figure]);
  const again = await promote({ ...options(), name: 'again' });
  expect((await openModelStore(runsDir).resolve(`again:${again.version}`)).weights_sha256).toBe(
    record.weights_sha256,
  );
  // Each refit has predicted the test images.
  expect((await store.sweep('latest')).openings.map(({ why }) => why)).toEqual(['asked', 'refit', 'refit']);
  expect(again.notes.join('\n')).toMatch(/The test set was looked at 3 times: .* for a refit of trial \d/);
});

it('promotes the mean of the folds as one network, whose test figures are those of the run', async () => {
  const store = openStore(runsDir);
  const { path, version, notes, run, test_accuracy } = await promote({ ...options(), as: 'ensemble' });
  const { summary } = await store.run(run);
  expect(test_accuracy).toBe(summary!.test_accuracy);
  expect(notes[0]).toContain("Test figures are the mean's");
  expect(readFileSync(join(path, 'README.md'), 'utf8')).toContain(notes[0]!.slice(0, 60));
  const record = await openModelStore(runsDir).resolve(`cells:${version}`);
  expect(record.verified!.largest_difference).toBeLessThan(1e-5);
  // What is frozen is there once, the three heads apart.
  const refit = await openModelStore(runsDir).resolve('cells:1');
  const sizeOf = (folder: number) => statSync(join(path, '..', String(folder), 'weights.bin')).size;
  const head = 4 * (1280 * 8 + 8 + 8 * 4 + 4);
  expect(sizeOf(version) - sizeOf(refit.version)).toBeLessThanOrEqual(2 * head);
  const model = await openModel(path);
  expect(model.head.map(({ activation }) => activation)).toEqual(['relu', 'softmax']);
  await model.dispose();
});

it('says what cannot become of a run', async () => {
  await expect(promote({ ...options(), as: 'run' })).rejects.toThrow(
    /has 3 networks, one a fold, and not one that could be promoted as it is: refit it, or take their mean/,
  );
  const { run } = await chooseRun(openStore(runsDir), { run: null, sweep: 'latest' });
  const { sha256 } = run.provenance!['weights'] as { sha256: string };
  const record = join(runsDir, 'runs', run.id, 'run.json');
  writeFileSync(record, readFileSync(record, 'utf8').replace(sha256, 'others'));
  await expect(promote({ ...options(), as: 'refit' })).rejects.toThrow(
    /is not what training started from before: its SHA-256 was others and is /,
  );
});
