import { settingsSchema } from '@thaw/experiment';
import { expect, it } from 'vitest';
import { usualWorkers } from '../src/begin/usual-workers.ts';

const head = settingsSchema.parse({});
const augmented = settingsSchema.parse({ augmentation: { horizontal_flip: true } });
const small = settingsSchema.parse({
  model: { image_size: 80, scenario: 'full_fine_tune' },
  training: { batch_size: 16 },
});
const everything = settingsSchema.parse({
  model: { alpha: 1, image_size: 224, scenario: 'full_fine_tune' },
  training: { batch_size: 32 },
});

it.each([
  ['a core runs a trial that trains on features', head, 2, 64e9, 2],
  ['two cores run one whose images pass through the network', augmented, 2, 64e9, 1],
  ['a core runs one with small batches of small images', small, 2, 64e9, 2],
  ['one for two cores', augmented, 16, 64e9, 8],
  ['no more than memory holds', head, 16, 3e9, 3],
  ['fewer large ones', everything, 16, 15e9, 5],
  ['one where not even one fits', everything, 16, 1e9, 1],
])('%s', async (_, settings, cores, memory, workers) => {
  const options = { engine: 'onnx', device: 'cpu', cores, memory } as const;
  expect(await usualWorkers([head, settings], options)).toBe(workers);
});
