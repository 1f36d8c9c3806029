import { createEngine, engineNames, tensor, type Tensor } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { buildModel, cutNetwork, weightShapes } from '@thaw/model';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formulaUniform, formulaWeight } from '@thaw/base/testing';
import { optimizerOf } from '../src/optimizer-of.ts';
import { TrainingLoss } from '../src/training-loss.ts';

interface GoldenCase {
  readonly settings: { readonly training: object; readonly model: object };
  readonly losses: readonly number[];
  /** The first values of each weight after the last step. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly predictions: readonly (readonly number[])[];
}

const golden = JSON.parse(readFileSync(new URL('golden/training-words.json', import.meta.url), 'utf8')) as {
  features: number;
  batch: number;
  classes: number;
  head_units: number;
  steps: number;
  cases: Record<string, GoldenCase>;
};

function batch(step: number): { features: Tensor; images: { label: number }[] } {
  const { batch: size, features, classes } = golden;
  const values = formulaUniform(`features ${step}`, size * features);
  const labels = Array.from(formulaUniform(`labels ${step}`, size), (u) => Math.floor(u * classes));
  return {
    features: tensor(
      [size, features],
      Float32Array.from(values, (u) => u * 2 - 1),
    ),
    images: labels.map((label) => ({ label })),
  };
}

const cases = engineNames.flatMap((engine) =>
  Object.entries(golden.cases).map(([name, expected]) => [engine, name, expected] as const),
);

test.each(cases)('ten steps of a head are those of Keras on %s: %s', async (engineName, _, expected) => {
  const { model, training } = settingsSchema.parse({
    model: { alpha: 0.35, image_size: 32, head_units: golden.head_units, ...expected.settings.model },
    training: expected.settings.training,
  });
  const built = buildModel(model, golden.classes);
  const { trainable } = built;
  const { suffix: network } = cutNetwork(built.network, trainable);
  const weights = new Map(
    Array.from(weightShapes(network), ([key, shape]) => [key, tensor(shape, formulaWeight(key, shape))]),
  );
  const engine = createEngine(engineName);
  const trainer = await engine.trainer(network, weights, {
    trainable,
    ...optimizerOf({ training, model }, built),
  });
  const objective = new TrainingLoss(training, { classes: ['0', '1', '2', '3'], train: [] });
  const losses: number[] = [];
  for (let step = 0; step < golden.steps; step++) {
    const { features, images } = batch(step);
    const labels = objective.labels(images);
    const weights = objective.weights(labels);
    const penalty = await trainer.penalty();
    const probabilities = await trainer.step(features, labels, training.learning_rate, weights);
    losses.push(objective.of(labels, probabilities) + penalty);
  }
  // Lion goes by signs alone: a gradient of nearly zero that is rounded otherwise moves its weight the other way.
  const bySign = training.optimizer === 'lion';
  expect(largestDifference(losses, expected.losses)).toBeLessThan(bySign ? 1e-3 : 1e-4);
  const trained = await trainer.weights(training.use_ema ? 'averaged' : 'current');
  expect([...trained.keys()].sort()).toEqual(Object.keys(expected.weights).sort());
  for (const [key, values] of Object.entries(expected.weights)) {
    const given = [...trained.get(key)!.data.slice(0, values.length)];
    const wrong = values.filter((value, i) => !(Math.abs(value - given[i]!) < 2e-5));
    expect(wrong.length, key).toBeLessThanOrEqual(bySign ? values.length / 20 : 0);
  }
  const predictor = await engine.predictor(network, trained);
  const { data } = await predictor.predict(batch(golden.steps).features);
  expect(largestDifference([...data], expected.predictions.flat())).toBeLessThan(bySign ? 1e-3 : 1e-4);
  await Promise.all([trainer.dispose(), predictor.dispose()]);
});

function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}
