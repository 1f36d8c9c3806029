import { Random } from '@thaw/base';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../src/engines.ts';
import { portableLayout } from '../src/engines/onnx/layouts/choose-layout.ts';
import { OnnxEngine } from '../src/engines/onnx/onnx-engine.ts';
import { sgd } from '../src/optimizer.ts';
import { largestDifference, manySided, randomBatch, randomWeights } from './networks.ts';

/**
 * Says why WebGPU cannot be tested here, or null. A driver that computes on the processor will do: with VK_ICD_FILENAMES set
 * to the file of SwiftShader or lavapipe, ONNX Runtime takes it for a GPU.
 */
async function missingDevice(): Promise<string | null> {
  const engine = createEngine('onnx', { sharedCores: true, device: 'webgpu' });
  const { inputs } = randomBatch(manySided, 1, new Random('batch'));
  try {
    const predictor = await engine.predictor(manySided, randomWeights(manySided, new Random('weights')));
    await predictor.predict(inputs);
    await predictor.dispose();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const missing = await missingDevice();
if (missing !== null) console.info(`WebGPU is not tested: ${missing}`);

test.runIf(missing !== null)('without a device WebGPU says so in words for its user', () => {
  expect(missing).toMatch(/^no GPU can be used through WebGPU here: .*; without one choose the device cpu$/);
});

test.skipIf(missing !== null)(
  'WebGPU trains and predicts as the processor does',
  { timeout: 300_000 },
  async () => {
    const everything = new Set(manySided.layers.map((layer) => layer.name));
    const run = async (engine: OnnxEngine) => {
      const weights = randomWeights(manySided, new Random('weights'));
      const options = { trainable: everything, optimizer: { ...sgd, momentum: 0.9 } };
      const trainer = await engine.trainer(manySided, weights, options);
      onTestFinished(() => trainer.dispose());
      const results = [];
      for (const [i, size] of [4, 3, 4].entries()) {
        const { inputs, labels } = randomBatch(manySided, size, new Random('batch', i));
        results.push(await trainer.step(inputs, labels, 0.05));
      }
      const trained = await trainer.weights();
      const predictor = await engine.predictor(manySided, trained);
      results.push(await predictor.predict(randomBatch(manySided, 5, new Random('batch', 3)).inputs));
      await predictor.dispose();
      return [...results, ...trained.values()];
    };
    const expected = await run(new OnnxEngine({ sharedCores: true }, portableLayout));
    const onDevice = await run(new OnnxEngine({ sharedCores: true, device: 'webgpu' }));
    expected.forEach((value, i) => {
      expect(largestDifference(onDevice[i]!, value), `value ${i}`).toBeLessThan(1e-4);
    });
  },
);

test('the tensorflow engine has no WebGPU device', () => {
  expect(() => createEngine('tensorflow', { sharedCores: true, device: 'webgpu' })).toThrow(
    'the engine tensorflow has no device webgpu: choose the engine onnx with it',
  );
});
