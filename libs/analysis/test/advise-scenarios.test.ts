import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '@thaw/compute';
import { writeMeans } from '@thaw/compute/testing';
import { loadDataset } from '@thaw/data';
import { scenarios, settingsSchema } from '@thaw/experiment';
import { TrialMemory } from '@thaw/training';
import { expect, inject, it } from 'vitest';
import { Budget } from '../src/advise/trials/budget.ts';
import { measureScenarios } from '../src/advise/trials/measure-scenarios.ts';
import { pilot } from '../src/advise/trials/pilot.ts';
import { trialDoubts, winnerSentences } from '../src/advise/trials/trials-sentences.ts';

const folder = mkdtempSync(join(inject('runFolder'), 'advise-'));
const cacheDir = join(folder, 'cache');
const { signal } = new AbortController();
const clock = () => performance.now();
const settings = settingsSchema.parse({
  dataset: { train_sources_per_class: 4, test_sources_per_class: 1, images_per_source: 2 },
  model: { alpha: 0.35, image_size: 32, weights: 'random', head_units: 4 },
  training: { epochs: 2 },
});

it('takes the pace from the next scenario where a whole network cannot be trained, and from none where none can', async () => {
  const dataset = await loadDataset(settings, { cacheDir });
  const paceWhere = async (fits: (channels: number | undefined) => boolean) => {
    const engine = createEngine('onnx');
    engine.stepMemory = ({ input }) => Promise.resolve(fits(input.shape.at(-1)) ? 0 : Number.MAX_VALUE);
    const memory = new TrialMemory();
    const options = { engine, cacheDir, memory, deadline: signal, signal, clock };
    return pilot(scenarios, settings, dataset, options).finally(() => memory.clear());
  };
  expect((await paceWhere((channels) => channels !== 3))!.imagesPerSecond).toBeGreaterThan(0);
  expect(await paceWhere(() => false)).toBeNull();
});

it('tries of an ONNX file the one scenario that a sweep allows, and draws its curve', async () => {
  const { train, validation, classes: names } = await loadDataset(settings, { cacheDir });
  const images = [...train, ...validation].map((image) => ({ ...image, group: image.group! }));
  const classes = names.map((name) => ({ class: name, images: 8, photographs: 4 }));
  const backbone = join(folder, 'net.onnx') as `${string}.onnx`;
  writeMeans(backbone);
  const model = { ...settings.model, backbone, input: { mean: 0.5, std: 0.5 } };
  const measured = await measureScenarios(
    { images, classes, depthRange: null },
    { ...settings, model },
    {
      ...{ budget: new Budget(60, clock), engine: createEngine('onnx'), cacheDir, signal, clock },
      ...{ onProgress: () => undefined, note: () => undefined },
    },
  );
  expect(measured.compared!.scenarios.map(({ trial }) => trial.scenario)).toEqual(['feature_extraction']);
  expect(winnerSentences(measured)).toEqual([
    expect.stringMatching(
      /^feature_extraction, the only scenario that the network allows, was tried in short on /,
    ),
  ]);
  expect(trialDoubts(measured, measured.compared!).at(-1)).toMatch(
    /^It was tried with one learning rate and head;/,
  );
});
