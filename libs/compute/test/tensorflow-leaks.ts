import { Random } from '@thaw/base';
import { expect, test } from 'vitest';
import type { Runtime } from '../src/engines/tensorflow/runtime.ts';
import { TensorflowEngine } from '../src/engines/tensorflow/tensorflow-engine.ts';
import { adam } from '../src/optimizer.ts';
import { manySided, randomBatch, randomWeights } from './networks.ts';

/** TensorFlow.js frees nothing by itself: what is not disposed of stays until the process ends. */
export function keepsNoTensors(load: () => Promise<Runtime>): void {
  test('keeps no tensors from step to step, and none when all is disposed of', async () => {
    const { tf } = await load();
    const engine = new TensorflowEngine({ sharedCores: true }, load);
    const before = tf.memory().numTensors;
    const weights = randomWeights(manySided, new Random('weights'));
    for (const frozen of ['none', '_bn', 'depthwise']) {
      const names = manySided.layers.map(({ name }) => name).filter((name) => !name.endsWith(frozen));
      const trainer = await engine.trainer(manySided, weights, {
        trainable: new Set(names),
        optimizer: adam,
      });
      const counts: number[] = [];
      for (let i = 0; i < 3; i++) {
        const { inputs, labels } = randomBatch(manySided, 4 + i, new Random('batch', i));
        await trainer.step(inputs, labels, 1e-3);
        counts.push(tf.memory().numTensors);
      }
      expect(new Set(counts).size, counts.join(', ')).toBe(1);
      const predictor = await engine.predictor(manySided, weights);
      const loaded = tf.memory().numTensors;
      await predictor.predict(randomBatch(manySided, 4, new Random('batch')).inputs);
      expect(tf.memory().numTensors).toBe(loaded);
      await Promise.all([trainer.dispose(), predictor.dispose()]);
      expect(tf.memory().numTensors).toBe(before);
    }
  });
}
