import { createEngine, rmsprop, sgd, adam, tensor, type Optimizer, type Tensor } from '@thaw/compute';
import { settingsSchema, type Scenario } from '@thaw/experiment';
import { buildModel, weightShapes } from '@thaw/model';
import { crossEntropy } from '@thaw/metrics';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formulaUniform, formulaWeight } from '@thaw/base/testing';

interface GoldenCase {
  losses: number[];
  predictions: number[][];
  'Conv_1_bn/moving_variance': number[];
}

const golden = JSON.parse(readFileSync(new URL('golden/training-steps.json', import.meta.url), 'utf8')) as {
  alpha: number;
  image_size: number;
  batch: number;
  classes: number;
  head_units: number;
  steps: number;
  cases: Record<string, GoldenCase>;
};

/** Batch norm makes many true gradients zero, and Adam with its tiny epsilon turns their rounding errors into full steps. */
const calmAdam: Optimizer = { ...adam, epsilon: 1e-3 };

const engine = createEngine('onnx');

const cases: [
  name: string,
  scenario: Scenario,
  batchNorm: 'trainable' | 'frozen',
  optimizer: Optimizer,
  rate: number,
][] = [
  ['feature_extraction', 'feature_extraction', 'trainable', adam, 1e-3],
  ['partial_unfreeze, frozen batch norm', 'partial_unfreeze', 'frozen', adam, 1e-3],
  ['partial_unfreeze, training batch norm', 'partial_unfreeze', 'trainable', calmAdam, 1e-3],
  ['full_fine_tune', 'full_fine_tune', 'trainable', calmAdam, 3e-5],
  ['full_fine_tune, frozen batch norm', 'full_fine_tune', 'frozen', adam, 1e-4],
  ['sgd', 'feature_extraction', 'trainable', sgd, 0.01],
  ['sgd with momentum', 'feature_extraction', 'trainable', { ...sgd, momentum: 0.9 }, 0.01],
  ['sgd with nesterov', 'feature_extraction', 'trainable', { ...sgd, momentum: 0.9, nesterov: true }, 0.01],
  ['rmsprop', 'feature_extraction', 'trainable', rmsprop, 1e-3],
  ['rmsprop with momentum', 'feature_extraction', 'trainable', { ...rmsprop, momentum: 0.9 }, 1e-3],
];

function batch(step: number): { images: Tensor; labels: Tensor; classes: number[] } {
  const { batch: size, image_size: side, classes } = golden;
  const pixels = formulaUniform(`images ${step}`, size * side * side * 3);
  const truth = Array.from(formulaUniform(`labels ${step}`, size), (u) => Math.floor(u * classes));
  const labels = tensor([size, classes]);
  truth.forEach((label, i) => (labels.data[i * classes + label] = 1));
  return {
    images: tensor(
      [size, side, side, 3],
      Float32Array.from(pixels, (u) => u * 2 - 1),
    ),
    labels,
    classes: truth,
  };
}

test.each(cases)(
  'ten training steps lose as much as in Keras: %s',
  async (name, scenario, batch_norm, optimizer, rate) => {
    const { model: settings } = settingsSchema.parse({
      model: {
        alpha: golden.alpha,
        image_size: golden.image_size,
        head_units: golden.head_units,
        scenario,
        batch_norm,
      },
    });
    const { network, trainable } = buildModel(settings, golden.classes);
    const weights = new Map(
      Array.from(weightShapes(network), ([key, shape]) => [key, tensor(shape, formulaWeight(key, shape))]),
    );
    const trainer = await engine.trainer(network, weights, { trainable, optimizer });
    const losses: number[] = [];
    for (let step = 0; step < golden.steps; step++) {
      const { images, labels, classes } = batch(step);
      const probabilities = await trainer.step(images, labels, rate);
      losses.push(crossEntropy(classes, rows(probabilities)));
    }
    const expected = golden.cases[name]!;
    expect(maxDifference(losses, expected.losses)).toBeLessThan(1e-3);
    const trained = await trainer.weights();
    const predictor = await engine.predictor(network, trained);
    const predictions = await predictor.predict(batch(golden.steps).images);
    expect(maxDifference([...predictions.data], expected.predictions.flat())).toBeLessThan(1e-3);
    const moving = trained.get('Conv_1_bn/moving_variance')!.data;
    expect(maxDifference([...moving.slice(0, 8)], expected['Conv_1_bn/moving_variance'])).toBeLessThan(1e-4);
    for (const [key, before] of weights) {
      const layer = key.slice(0, key.lastIndexOf('/'));
      if (!trainable.has(layer)) expect(trained.get(key)!.data, key).toEqual(before.data);
    }
    await Promise.all([trainer.dispose(), predictor.dispose()]);
  },
);

function rows({ shape, data }: Tensor): number[][] {
  return Array.from({ length: shape[0]! }, (_, i) => [...data.subarray(i * shape[1]!, (i + 1) * shape[1]!)]);
}

function maxDifference(a: number[], b: number[]): number {
  expect(a.length).toBe(b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}
