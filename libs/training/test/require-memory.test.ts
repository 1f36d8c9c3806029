import { OutOfMemory, type Engine } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { expect, test } from 'vitest';
import { requireMemory, withMemoryAdvice } from '../src/memory/require-memory.ts';

const settings = settingsSchema.parse({
  model: { scenario: 'full_fine_tune', image_size: 224, alpha: 1 },
  training: { batch_size: 32 },
});

/** Takes 2 kB for each pixel of a batch, and for each filter 100 kB. */
const engine = {
  stepMemory: (network, { batch }) => {
    const [height, width] = network.input.shape;
    const filters = network.layers.reduce((sum, layer) => sum + ('filters' in layer ? layer.filters : 0), 0);
    return Promise.resolve(batch * height! * width! * 2e3 + filters * 1e5);
  },
} as Partial<Engine> as Engine;

const options = { settings, classes: 4, engine };
const refusal = (available: number) =>
  requireMemory(options, available).then(
    () => null,
    (error: unknown) => (error as Error).message,
  );

test('a step that fits passes, and so does an engine that cannot tell', async () => {
  expect(await refusal(1e12)).toBeNull();
  await requireMemory({ ...options, engine: {} as Engine }, 0);
});

test.each([
  // 32 * 224 * 224 * 2 kB is 3.2 GB; the filters of alpha 1 are 1.7 GB.
  [4e9, 'training.batch_size 16 or model.image_size 160 or model.alpha 0.35 would fit'],
  [2.2e9, ': training.batch_size 4 would fit'],
  [0.5e9, ': train fewer layers (model.scenario), or free some memory'],
])('with %s bytes free it is told what would fit', async (available, advice) => {
  const message = await refusal(available);
  expect(message).toContain(
    'a full_fine_tune step of 32 images of 224x224 of mobilenet_v2 with alpha 1 needs about',
  );
  expect(message).toContain(`${(available / 1e9).toFixed(1)} GB are free`);
  expect(message).toContain(advice);
});

test('either way the cause is known, as memory may be free another time', async () => {
  const cause = expect.any(OutOfMemory) as OutOfMemory;
  await expect(requireMemory(options, 4e9)).rejects.toMatchObject({ cause });
  const failing = () => Promise.reject(new OutOfMemory('bad_alloc'));
  await expect(withMemoryAdvice(options, failing)).rejects.toMatchObject({ cause });
});

test('memory that runs out on the way becomes the same suggestion, other errors stay what they are', async () => {
  const failing = (error: Error) => withMemoryAdvice(options, () => Promise.reject(error));
  await expect(failing(new OutOfMemory('bad_alloc'))).rejects.toThrow(
    /^memory ran out in a full_fine_tune step of 32 images of 224x224 of mobilenet_v2 with alpha 1: /,
  );
  await expect(failing(new TypeError('other'))).rejects.toThrow(new TypeError('other'));
  expect(await withMemoryAdvice(options, () => Promise.resolve(3))).toBe(3);
});
