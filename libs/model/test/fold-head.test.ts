import { Random } from '@thaw/base';
import { createEngine, tensor } from '@thaw/compute';
import { expect, test } from 'vitest';
import { buildModel, cutNetwork, foldHeadWeights, weightShapes } from '../src/index.ts';
import { modelSettings } from './fixtures.ts';

test.each([
  { head_units: 0, head_batch_norm: true },
  { head_units: 6, head_dropout: 0.5, head_batch_norm: true },
  { head_units: [6, 5], head_dropout: 0.5, head_batch_norm: true },
  { head_units: [6, 5], head_dropout: 0.5 },
])(
  'a model is exported without what its head has for training alone, and predicts the same: %j',
  async (head) => {
    const { network, exported, trainable } = buildModel(
      modelSettings({ alpha: 0.35, image_size: 32, ...head }),
      3,
    );
    const types = new Set(exported.layers.slice(-8).map(({ type }) => type));
    expect(types.has('Dropout')).toBe(false);
    expect(exported.layers.at(-1)!.name).toBe('predictions');
    const heads = [network, exported].map((whole) => cutNetwork(whole, trainable).suffix);
    const random = new Random('weights');
    const draw = (shape: readonly number[], low: number, high: number) => {
      const { data } = tensor(shape);
      return tensor(
        shape,
        data.map(() => random.uniform(low, high)),
      );
    };
    const weights = new Map(
      Array.from(weightShapes(heads[0]!), ([key, shape]) => {
        const isScale = key.endsWith('gamma') || key.endsWith('variance');
        return [key, isScale ? draw(shape, 0.5, 2) : draw(shape, -0.2, 0.2)] as const;
      }),
    );
    const folded = foldHeadWeights(network, weights);
    expect([...folded.keys()]).toEqual([...weightShapes(heads[1]!).keys()]);
    const features = draw([4, 1280], -1, 1);
    const [before, after] = await Promise.all(
      [weights, folded].map(async (each, i) => {
        const predictor = await createEngine('onnx').predictor(heads[i]!, each);
        const { data } = await predictor.predict(features);
        await predictor.dispose();
        return data;
      }),
    );
    before!.forEach((value, i) => {
      expect(after![i]).toBeCloseTo(value, 5);
    });
  },
);

test('a plain head is exported as it is', () => {
  const { network, exported } = buildModel(modelSettings({ alpha: 0.35, image_size: 32 }), 3);
  expect(exported).toBe(network);
  const weights = new Map([['dense/kernel', tensor([1, 1])]]);
  expect(foldHeadWeights(network, weights)).toEqual(weights);
});
