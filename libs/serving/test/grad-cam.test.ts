import { Random } from '@thaw/base';
import { tensor } from '@thaw/compute';
import type { DenseLayer } from '@thaw/model';
import { describe, expect, test } from 'vitest';
import { gradCam } from '../src/index.ts';

const random = new Random('grad-cam');
const draw = (shape: number[]) => {
  const values = tensor(shape);
  for (let i = 0; i < values.data.length; i++) values.data[i] = random.uniform(-1, 1);
  return values;
};
const layer = (inputs: number, units: number, activation: DenseLayer['activation']): DenseLayer => ({
  kernel: draw([inputs, units]),
  bias: draw([units]),
  activation,
});

const [height, width, channels] = [2, 3, 5];

function pooled(map: Float32Array): Float32Array {
  return Float32Array.from({ length: channels }, (_, c) => {
    let sum = 0;
    for (let place = 0; place < height * width; place++) sum += map[place * channels + c]!;
    return sum / (height * width);
  });
}

function logit(features: Float32Array, head: readonly DenseLayer[], classIndex: number): number {
  let values = [...features];
  for (const { kernel, bias, activation } of head) {
    const units = bias.data.length;
    values = [...bias.data].map((start, unit) =>
      values.reduce((sum, value, i) => sum + value * kernel.data[i * units + unit]!, start),
    );
    if (activation === 'relu') values = values.map((value) => Math.max(0, value));
  }
  return values[classIndex]!;
}

describe('a class activation map', () => {
  test.each([
    ['with a hidden layer', [layer(channels, 8, 'relu'), layer(8, 3, 'softmax')]],
    ['with two hidden layers', [layer(channels, 8, 'relu'), layer(8, 4, 'relu'), layer(4, 3, 'softmax')]],
    ['without a hidden layer', [layer(channels, 3, 'softmax')]],
  ])('is what the gradients by differences give: %s', (_, head) => {
    const map = draw([height, width, channels]);
    const features = pooled(map.data);
    for (const classIndex of [0, 1, 2]) {
      // Of the mean over places of the gradient with respect to the feature map, as the paper has it.
      const weights = [...features].map((_value, c) => {
        const step = 1e-3;
        const moved = (by: number) =>
          logit(
            features.map((value, i) => (i === c ? value + by : value)),
            head,
            classIndex,
          );
        return (moved(step) - moved(-step)) / (2 * step) / (height * width);
      });
      const expected = Array.from({ length: height * width }, (_value, place) =>
        Math.max(
          0,
          weights.reduce((sum, weight, c) => sum + weight * map.data[place * channels + c]!, 0),
        ),
      );
      const found = gradCam(map, features, head, classIndex);
      expected.forEach((value, place) => {
        expect(found[place]).toBeCloseTo(value, 3);
      });
    }
  });

  test('is empty where everything speaks against the class', () => {
    const head = [
      { kernel: tensor([1, 2], Float32Array.of(-1, 1)), bias: tensor([2]), activation: 'softmax' as const },
    ];
    expect([...gradCam(tensor([1, 2, 1], Float32Array.of(1, 2)), Float32Array.of(1.5), head, 0)]).toEqual([
      0, 0,
    ]);
  });
});
