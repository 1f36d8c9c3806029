import { settingsSchema } from '@thaw/experiment';
import { expect, it } from 'vitest';
import { usualWorkers } from '../src/sweep/usual-workers.ts';

const head = settingsSchema.parse({});
const everything = settingsSchema.parse({
  model: { alpha: 1, image_size: 224, scenario: 'full_fine_tune' },
  training: { batch_size: 32 },
});

it.each([
  ['two cores run one trial', head, 2, 64e9, 1],
  ['one for two cores', head, 16, 64e9, 8],
  ['no more than memory holds', head, 16, 3e9, 3],
  ['fewer large ones', everything, 16, 16e9, 4],
  ['one where not even one fits', everything, 16, 1e9, 1],
])('%s', async (_, settings, cores, memory, workers) => {
  const options = { engine: 'onnx', device: 'cpu', cores, memory } as const;
  expect(await usualWorkers([head, settings], options)).toBe(workers);
});
