import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '@thaw/compute';
import { loadDataset } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import { TrialMemory } from '@thaw/training';
import { expect, inject, it } from 'vitest';
import { pilot } from '../src/advise/trials/pilot.ts';

const cacheDir = join(mkdtempSync(join(inject('runFolder'), 'advise-')), 'cache');
const signal = new AbortController().signal;
const clock = () => performance.now();

it('takes the pace from the next scenario where a whole network cannot be trained, and from none where none can', async () => {
  const settings = settingsSchema.parse({
    dataset: { train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 2 },
    model: { alpha: 0.35, image_size: 32, weights: 'random', head_units: 4 },
  });
  const dataset = await loadDataset(settings, { cacheDir });
  const paceWhere = async (fits: (channels: number | undefined) => boolean) => {
    const engine = createEngine('onnx');
    engine.stepMemory = ({ input }) => Promise.resolve(fits(input.shape.at(-1)) ? 0 : Number.MAX_VALUE);
    const memory = new TrialMemory();
    const options = { engine, cacheDir, memory, deadline: signal, signal, clock };
    return pilot(settings, dataset, options).finally(() => memory.clear());
  };
  expect((await paceWhere((channels) => channels !== 3))!.imagesPerSecond).toBeGreaterThan(0);
  expect(await paceWhere(() => false)).toBeNull();
});
