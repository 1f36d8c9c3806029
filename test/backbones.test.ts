import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { formulaUniform } from '@thaw/base/testing';
import { adam, createEngine, engineNames, sgd, tensor, type Engine, type Network } from '@thaw/compute';
import { portableEngine } from '@thaw/compute/testing';
import { settingsSchema, type Scenario } from '@thaw/experiment';
import { crossEntropy } from '@thaw/metrics';
import { backboneOf, buildModel, weightShapes } from '@thaw/model';
import { describe, expect, test } from 'vitest';
import { backboneFormulaWeights } from './support/backbone-formula-weights.ts';

type Gradients = Record<string, [largest: number, step: number, ...values: number[]]>;

interface Golden {
  classes: number;
  head_units: number;
  batch: number;
  training_batch: number;
  backbones: Record<
    string,
    {
      shapes: string;
      shortcuts: number;
      size: number;
      step: number;
      features: number[];
      training?: {
        size: number;
        unfreeze_from: string;
        losses: Record<Exclude<Scenario, 'from_scratch'>, number[]>;
        gradients: { size: number; last_layer: string; trainable: Gradients; frozen: Gradients };
      };
    }
  >;
}

/** Made with Keras by golden/make_backbones.py. */
const golden = JSON.parse(readFileSync(new URL('golden/backbones.json', import.meta.url), 'utf8')) as Golden;
const { classes, batch } = golden;

function images(backbone: string, name: string, count: number, size: number) {
  const values = formulaUniform(name, count * size * size * 3);
  const pixels = Uint8Array.from(values, (value) => Math.floor(value * 256));
  return tensor([count, size, size, 3], backboneOf({ backbone }).preprocess(pixels));
}

function oneHot(labels: readonly number[]) {
  const rows = tensor([labels.length, classes]);
  labels.forEach((label, i) => (rows.data[i * classes + label] = 1));
  return rows;
}

type Compared = keyof NonNullable<Golden['backbones'][string]['training']>['losses'];

/** As in make_backbones.py. */
const rates: Record<Compared, number> = {
  feature_extraction: 1e-3,
  partial_unfreeze: 3e-4,
  full_fine_tune: 3e-5,
};

const engines: (readonly [name: string, engine: Engine])[] = [
  ...engineNames.map((name) => [name, createEngine(name)] as const),
  ['onnx, portable layout', portableEngine],
];
const all = Object.entries(golden.backbones);
const trained = all.flatMap(([name, { training }]) => (training ? [{ name, ...training }] : []));

describe.each(all)('%s', (key, { shapes, shortcuts, size, step, features }) => {
  const [name, width = '1'] = key.split(' ') as [string, string?];
  const alpha = Number(width);
  const backbone = backboneOf({ backbone: name });
  const network = backbone.network({ alpha, imageSize: size });

  test('has the shortcuts of Keras, and weights of its names, shapes and order, of which a block is the default to unfreeze from', () => {
    expect(network.layers.filter(({ type }) => type === 'Add')).toHaveLength(shortcuts);
    const lines = Array.from(weightShapes(network), ([key, shape]) => `${key} ${shape.join('x')}`);
    expect(createHash('sha256').update(lines.join('\n')).digest('hex')).toBe(shapes);
    expect(backbone.blocks).toContain(backbone.unfreezeFrom);
  });

  test('trains from scratch what full_fine_tune trains, whose losses are compared, whatever batch norm is to do', () => {
    const built = (scenario: Scenario, batchNorm: string) => {
      const { model } = settingsSchema.parse({
        model: { backbone: name, alpha, image_size: size, scenario, batch_norm: batchNorm },
      });
      return buildModel(model, classes);
    };
    const whole = built('full_fine_tune', 'trainable');
    for (const batchNorm of ['trainable', 'frozen']) {
      const { network, trainable } = built('from_scratch', batchNorm);
      expect(network).toEqual(whole.network);
      expect(trainable).toEqual(whole.trainable);
    }
  });

  test('computes the features of Keras within 1e-4', async () => {
    const predictor = await createEngine('onnx').predictor(network, backboneFormulaWeights(network));
    const { data } = await predictor.predict(images(name, 'images', 2, size));
    await predictor.dispose();
    const differences = features.map((value, i) => data[i * step]! - value);
    expect(features.length).toBeGreaterThan(30);
    expect(Math.hypot(...differences) / Math.hypot(...features)).toBeLessThan(1e-4);
  });
});

describe.each(trained)('$name', ({ name, size, unfreeze_from, losses, gradients }) => {
  test.each(Object.entries(losses) as [Compared, number[]][])(
    'loses in ten steps of %s what it loses in Keras',
    async (scenario, expected) => {
      const { model } = settingsSchema.parse({
        model: {
          ...{ backbone: name, image_size: size, head_units: golden.head_units, scenario },
          unfreeze_from,
          batch_norm: 'trainable',
        },
      });
      const { network, trainable } = buildModel(model, classes);
      const trainer = await createEngine('onnx').trainer(network, backboneFormulaWeights(network), {
        trainable,
        // As in make_backbones.py.
        optimizer: { ...adam, epsilon: 1e-3 },
      });
      const count = golden.training_batch;
      for (const [step, loss] of expected.entries()) {
        const labels = Array.from(formulaUniform(`labels ${step}`, count), (u) => Math.floor(u * classes));
        const inputs = images(name, `images ${step}`, count, size);
        const { data } = await trainer.step(inputs, oneHot(labels), rates[scenario]);
        const rows = labels.map((_, i) => [...data.subarray(i * classes, (i + 1) * classes)]);
        expect(Math.abs(crossEntropy(labels, rows) - loss), `loss of step ${step + 1}`).toBeLessThan(1e-3);
      }
      await trainer.dispose();
    },
  );

  const kinds = engines.flatMap(([title, engine]) =>
    (['trainable', 'frozen'] as const).map((batchNorm) => ({ title, engine, batchNorm })),
  );
  test.each(kinds)(
    'has the gradients of float64 to 1e-5 when cut short: $title, $batchNorm batch norm',
    async ({ engine, batchNorm }) => {
      const { input, layers } = backboneOf({ backbone: name }).network({
        alpha: 1,
        imageSize: gradients.size,
      });
      const end = layers.findIndex((layer) => layer.name === gradients.last_layer) + 1;
      expect(end).toBeGreaterThan(0);
      const network: Network = {
        input,
        layers: [
          ...layers.slice(0, end),
          { type: 'GlobalAveragePooling2D', name: 'pool', inputs: [gradients.last_layer] },
          { type: 'Dense', name: 'dense', inputs: ['pool'], units: golden.head_units, activation: 'relu' },
          { type: 'Dense', name: 'predictions', inputs: ['dense'], units: classes, activation: 'softmax' },
        ],
      };
      const weights = backboneFormulaWeights(network);
      const trains = network.layers.filter(
        ({ type }) =>
          type !== 'Normalization' && (batchNorm === 'trainable' || type !== 'BatchNormalization'),
      );
      const trainer = await engine.trainer(network, weights, {
        trainable: new Set(trains.map((layer) => layer.name)),
        optimizer: sgd,
      });
      // A step this large leaves nothing of the weight itself in the difference, so that no digit of the gradient is lost.
      const rate = 2 ** 20;
      const labels = oneHot(Array.from({ length: batch }, (_, i) => i % classes));
      await trainer.step(images(name, 'images', batch, gradients.size), labels, rate);
      const moved = await trainer.weights();
      const expected = Object.entries(gradients[batchNorm]);
      expect(expected.length).toBeGreaterThan(10);
      const largestOfAll = Math.max(...expected.map(([, [largest]]) => largest));
      for (const [key, [largest, step, ...values]] of expected) {
        const [before, after] = [weights.get(key)!.data, moved.get(key)!.data];
        const errors = values.map((value, i) =>
          Math.abs((before[i * step]! - after[i * step]!) / rate - value),
        );
        // See gradients.test.ts.
        const scale = Math.max(largest, largestOfAll / 10);
        expect(Math.max(...errors) / scale, key).toBeLessThan(1e-5);
      }
      await trainer.dispose();
    },
  );
});
