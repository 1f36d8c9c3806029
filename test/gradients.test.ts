import { createEngine, engineNames, sgd, tensor, type Network } from '@thaw/compute';
import { backbones, weightShapes } from '@thaw/model';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formulaUniform, formulaWeight } from '@thaw/base/testing';

const golden = JSON.parse(readFileSync(new URL('golden/gradients.json', import.meta.url), 'utf8')) as {
  alpha: number;
  image_size: number;
  batch: number;
  classes: number;
  head_units: number;
  last_layer: string;
  cases: Record<
    'trainable' | 'frozen',
    { loss: number; gradients: Record<string, { largest: number; step: number; values: number[] }> }
  >;
};

function truncatedNetwork(): Network {
  const { input, layers } = backbones.mobilenet_v2.network({
    alpha: golden.alpha,
    imageSize: golden.image_size,
  });
  const end = layers.findIndex((layer) => layer.name === golden.last_layer) + 1;
  return {
    input,
    layers: [
      ...layers.slice(0, end),
      { type: 'GlobalAveragePooling2D', name: 'pool', inputs: [golden.last_layer] },
      { type: 'Dense', name: 'dense', inputs: ['pool'], units: golden.head_units, activation: 'relu' },
      { type: 'Dense', name: 'predictions', inputs: ['dense'], units: golden.classes, activation: 'softmax' },
    ],
  };
}

const engineCases = engineNames.flatMap((engine) => [
  [engine, 'trainable'] as const,
  [engine, 'frozen'] as const,
]);

test.each(engineCases)(
  'gradients of a truncated network agree with float64 to 1e-5: %s, %s batch norm',
  async (engineName, batchNorm) => {
    const network = truncatedNetwork();
    const weights = new Map(
      Array.from(weightShapes(network), ([key, shape]) => [key, tensor(shape, formulaWeight(key, shape))]),
    );
    const layers = network.layers.filter(
      (layer) => batchNorm === 'trainable' || layer.type !== 'BatchNormalization',
    );
    const { batch, image_size: size, classes } = golden;
    const pixels = Float32Array.from(formulaUniform('images', batch * size * size * 3), (u) => u * 2 - 1);
    const labels = tensor([batch, classes]);
    for (let i = 0; i < batch; i++) labels.data[i * classes + (i % classes)] = 1;
    const trainer = await createEngine(engineName).trainer(network, weights, {
      trainable: new Set(layers.map((layer) => layer.name)),
      optimizer: sgd,
    });
    // A step this large leaves nothing of the weight itself in the difference, so that no digit of the gradient is lost.
    const rate = 2 ** 20;
    await trainer.step(tensor([batch, size, size, 3], pixels), labels, rate);
    const moved = await trainer.weights();
    const expected = Object.entries(golden.cases[batchNorm].gradients);
    expect(expected.length).toBeGreaterThan(10);
    const largestOfAll = Math.max(...expected.map(([, { largest }]) => largest));
    for (const [key, { largest, step, values }] of expected) {
      const [before, after] = [weights.get(key)!.data, moved.get(key)!.data];
      const errors = values.map((value, i) =>
        Math.abs((before[i * step]! - after[i * step]!) / rate - value),
      );
      // Shift and scale in front of batch normalisation (nearly) cancel, and so do the sums that are their gradients:
      // against their own size TensorFlow's float32 errs by more than 1e-5, too.
      const scale = Math.max(largest, largestOfAll / 10);
      expect(Math.max(...errors) / scale, key).toBeLessThan(1e-5);
    }
    await trainer.dispose();
  },
);
