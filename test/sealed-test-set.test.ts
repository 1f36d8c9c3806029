import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTest, sealedChoice, silent } from '@thaw/analysis';
import { synthesizeSmear } from '@thaw/data';
import { readAnyExperiment } from '@thaw/experiment';
import { endSession } from '@thaw/sweep';
import { openStore } from '@thaw/tracking';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startProgram } from './support/program.ts';

const smear = { train_sources_per_class: 4, test_sources_per_class: 2, images_per_source: 3 };
const experiment = (test: string, dataset: object = smear) => `
name: ${test}
dataset: ${JSON.stringify(dataset)}
split: {strategy: grouped, folds: 2}
model: {alpha: 0.35, image_size: 32, weights: random, head_units: 4}
training: {epochs: 3, batch_size: 16}
test: ${test}
parameters: {model.head_units: {values: [4, 8]}}
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-sealed-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const dirOf = (test: string) => join(folder, `${test}-runs`);

async function sweep(test: string, ...args: string[]) {
  const file = join(folder, `${test}.yaml`);
  writeFileSync(file, experiment(test));
  const what = args.length === 0 ? ['--config', file, '--workers', '1'] : args;
  const { ended, output } = startProgram('sweep', ...what, '--runs-dir', dirOf(test));
  return { code: await ended, ...output };
}

/** Every file of the store, caches included, by its path. */
function filesOf(test: string): Map<string, Buffer> {
  const root = dirOf(test);
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return new Map(
    names
      .filter((name) => statSync(join(root, name)).isFile())
      .map((name) => [name, readFileSync(join(root, name))]),
  );
}

/** As a session leaves it that was killed. */
function loseForecast(test: string, sweep: string, changes: object = {}) {
  const file = join(dirOf(test), 'sweeps', sweep, 'sweep.json');
  const record = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...record, forecast: null, ...changes }));
}

/** Names and hashes of the test images, as the sweep lists what it began with. */
async function testImages(test: string) {
  const [images] = (await openStore(dirOf(test)).sweepImages('latest'))!;
  return images!.images.filter(({ name }) => name.startsWith('TEST/'));
}

it('predicts nothing of a sealed test set, anywhere, until it is opened; then says when, and what had been chosen', async () => {
  const { code, stdout, stderr } = await sweep('sealed');
  expect(code, stderr).toBe(0);
  const store = openStore(dirOf('sealed'));
  const images = await testImages('sealed');
  expect(images).toHaveLength(24);
  // What is known of them is that they are there (lists, groups, pixels): neither features nor predictions.
  const isList = (name: string) =>
    /images\.json$|groups\.json$|^cache.(inspected|pixels|synthetic)/.test(name);
  for (const [name, bytes] of filesOf('sealed')) {
    expect(name).not.toContain('predictions-test');
    for (const image of isList(name) ? [] : images) {
      expect(bytes.includes(image.name), `${name} names ${image.name}`).toBe(false);
      expect(bytes.includes(image.sha256), `${name} has the hash of ${image.name}`).toBe(false);
      expect(bytes.includes(Buffer.from(image.sha256, 'hex')), name).toBe(false);
    }
    if (name.endsWith('run.json')) {
      expect(JSON.parse(String(bytes))).toMatchObject({
        sealed: true,
        summary: { test_accuracy: null, gap: null },
      });
    }
  }
  expect(stdout).toContain('The test set is sealed');
  expect(stdout + stderr).not.toMatch(/test accuracy *[\d.]+,|test \d/);
  const before = await store.sweep('latest');
  expect(before).toMatchObject({ test: 'sealed', openings: [], test_sets: [expect.any(String)] });
  // Too few groups in so small a set: the forecast says so.
  expect(before.forecast).toMatchObject({ groups: 16, missing: null });

  const ofBefore = { ...before.forecast, at: expect.any(String) as unknown };
  const drawn = 'method: random\nparameters: {training.learning_rate: {min: 0.001, max: 0.01}}';
  const endless = readAnyExperiment(experiment('sealed').replace(/parameters:.*/, drawn), 'e.yaml');
  // What was stopped may go on: even under `best` nobody looks at the test set yet.
  for (const test of ['best', 'sealed']) {
    loseForecast('sealed', before.id, { test });
    await endSession(store, { sweep: { experiment: endless } as never }, await store.resumeSweep(before.id), {
      ...{ runsDir: dirOf('sealed'), stopped: true, listener: silent },
    });
    const ended = await store.sweep('latest');
    expect(ended).toMatchObject({ test, state: 'interrupted', forecast: ofBefore, openings: [] });
  }

  loseForecast('sealed', before.id);
  const refused = await sweep('sealed', '--open-test', 'latest');
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringMatching(/would open the test set.*with --yes/),
  ]);
  expect((await store.sweep('latest')).openings).toEqual([]);

  const opened = await sweep('sealed', '--open-test', 'latest', '--yes');
  expect(opened.code, opened.stderr).toBe(0);
  const after = await store.sweep('latest');
  const chosen = after.trials.find(({ run }) => run === after.openings[0]?.run)!;
  expect(after.openings).toMatchObject([
    {
      why: 'asked',
      trial: chosen.number,
      metric: 'val_accuracy',
      value: chosen.summary!.val_accuracy,
      trials: 2,
    },
  ]);
  expect(after.forecast).toEqual(ofBefore);
  expect(Date.parse(after.openings[0]!.at)).toBeGreaterThanOrEqual(Date.parse(after.forecast!.at));
  expect(await store.predictions(chosen.run!, 'test')).toHaveLength(24);
  expect(opened.stdout).toMatch(/Forecast of trial \d.*, test \d+\.\d %/);
  expect(opened.stdout).toContain('The test set was looked at once');
  const other = after.trials.find(({ run }) => run !== chosen.run)!;
  expect(other.summary!.test_accuracy).toBeNaN();
  expect(await sealedChoice(store, 'latest')).toBeNull();
});

it('is opened where the images have moved to', async () => {
  const drawn = await synthesizeSmear({ ...smear, seed: 1 } as never, join(folder, 'drawn'));
  const images = join(folder, 'images');
  renameSync(drawn, images);
  const file = join(folder, 'moved.yaml');
  writeFileSync(file, experiment('sealed', { path: images }));
  const run = async (...args: string[]) => {
    const { ended, output } = startProgram('sweep', ...args, '--runs-dir', dirOf('moved'));
    return { code: await ended, stderr: output.stderr };
  };
  const begun = await run('--config', file, '--max-trials', '1', '--set', 'split.strategy=random');
  expect(begun.code, begun.stderr).toBe(0);
  const now = join(folder, 'elsewhere');
  renameSync(images, now);
  const store = openStore(dirOf('moved'));
  const sealed = (await sealedChoice(store, 'latest'))!;
  const asked = { runsDir: dirOf('moved'), why: 'asked' as const, listener: silent };
  await expect(openTest(store, sealed, asked)).rejects.toThrow(/if they have moved, give their folder as/);
  const { code, stderr } = await run('--open-test', 'latest', '--yes', '--set', `dataset.path=${now}`);
  expect(code, stderr).toBe(0);
  expect((await store.sweep('latest')).openings).toMatchObject([{ forecast: { trial: 0, trials: 1 } }]);
});

it('gives the chosen trial what it would have had at once: best, and each', async () => {
  for (const test of ['best', 'each']) {
    const { code, stderr } = await sweep(test);
    expect(code, stderr).toBe(0);
  }
  const [best, each] = await Promise.all(
    ['best', 'each'].map((test) => openStore(dirOf(test)).sweep('latest')),
  );
  expect(best!.openings).toHaveLength(1);
  expect(each!.openings).toEqual([]);
  const number = best!.openings[0]!.trial;
  const [ofBest, ofEach] = [best!, each!].map(({ trials }) => trials[number]!);
  expect(ofBest!.summary).toEqual(ofEach!.summary);
  expect(best!.trials[1 - number]!.summary!.test_accuracy).toBeNaN();
  const rows = await Promise.all([
    openStore(dirOf('best')).predictions(ofBest!.run!, 'test'),
    openStore(dirOf('each')).predictions(ofEach!.run!, 'test'),
  ]);
  expect(rows[0]).toEqual(rows[1]);
  await expect(sealedChoice(openStore(dirOf('each')), 'latest')).rejects.toThrow(/each of its trials/);
});
