import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '@thaw/compute';
import { loadDataset } from '@thaw/data';
import { settingsSchema, type Settings } from '@thaw/experiment';
import { buildModel } from '@thaw/model';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { measurePace } from '../src/estimate/measure-pace.ts';

let cacheDir: string;
beforeAll(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'thaw-pace-'));
});
afterAll(() => {
  rmSync(cacheDir, { recursive: true });
});

function settingsOf({ model, ...changes }: { model: object; [section: string]: unknown }): Settings {
  return settingsSchema.parse({
    dataset: { train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 5 },
    model: { alpha: 0.35, image_size: 32, weights: 'random', head_units: 8, ...model },
    ...changes,
  });
}

/** The pace of trials, and the trainers that its steps were made by. */
async function paceOf(settings: Settings) {
  const engine = createEngine('onnx', { sharedCores: false });
  const trainers = vi.spyOn(engine, 'trainer');
  const dataset = await loadDataset(settings, { cacheDir });
  const { signal } = new AbortController();
  const clock = () => performance.now();
  const pace = await measurePace(settings, dataset, { engine, cacheDir, signal, clock });
  return { pace, trainers: trainers.mock.calls };
}

it('measures steps that train everything, on images of full size, whatever comes first in training', async () => {
  const training = {
    ...{ batch_size: 4, epochs: 8, gradient_accumulation_steps: 16 },
    ...{ warm_head: { epochs: 3 }, gradual_unfreezing: {}, progressive_size: { from: 32, epochs: 4 } },
  };
  const settings = settingsOf({ model: { scenario: 'full_fine_tune', image_size: 64 }, training });
  const { pace, trainers } = await paceOf(settings);
  expect(pace.stepOfImage).toBeGreaterThan(0);
  const { trainable } = buildModel(settings.model, 4);
  expect(trainers.map(([{ input }, , options]) => [input.shape, options.trainable.size])).toEqual([
    [[64, 64, 3], trainable.size],
  ]);
});

it('tells what is computed once of an image from what each of its augmented views takes again, whatever was measured before', async () => {
  const model = { scenario: 'feature_extraction', image_size: 96 };
  const paces = [];
  for (const augmentation of [false, true, { mixup_alpha: 0.2 }, true]) {
    paces.push((await paceOf(settingsOf({ model, augmentation }))).pace);
  }
  const [plain, views, mixed, again] = paces;
  expect(plain!.featuresOfImage).toBeGreaterThan(0);
  expect(plain!.viewOfImage).toBe(0);
  expect(views!.viewOfImage).toBeGreaterThan(views!.stepOfImage);
  expect([mixed!.viewOfImage, mixed!.stepOfImage > plain!.stepOfImage]).toEqual([0, true]);
  for (const { featuresOfImage } of [views!, again!]) expect(featuresOfImage).toBeGreaterThan(0);
  expect(again!.viewOfImage).toBeGreaterThan(again!.stepOfImage);
  expect(readdirSync(join(cacheDir, 'activations'))).toEqual([]);
});
