import { expect, test } from 'vitest';
import { backbones } from '../src/index.ts';

// numpy and keras.applications: resnet.preprocess_input, densenet.preprocess_input, Rescaling(1 / 255), Rescaling(1 / 127.5, -1) of [[10, 100, 255]].
test.each([
  ['resnet50', [151.061, -16.779, -113.68], 'x + [-103.939, -116.779, -123.68], BGR'],
  [
    'densenet121',
    [(10 / 255 - 0.485) / 0.229, (100 / 255 - 0.456) / 0.224, (1 - 0.406) / 0.225],
    'x / [58.395, 57.12, 57.375] + [-2.1179039301310043, -2.0357142857142856, -1.8044444444444445]',
  ],
  ['efficientnet_b0', [10 / 255, 100 / 255, 1], 'x / 255'],
  ['mobilenet_v3_small', [10 / 127.5 - 1, 100 / 127.5 - 1, 1], 'x / 127.5 - 1'],
] as const)('%s takes pixels as Keras prepares them', (name, expected, words) => {
  const { preprocess, preprocessing } = backbones[name];
  const pixels = new Uint8Array([10, 100, 255]);
  for (const given of [pixels, Float32Array.from(pixels)]) {
    const scaled = preprocess(given);
    expected.forEach((value, i) => expect(scaled[i]).toBeCloseTo(value, 5));
  }
  expect([...pixels]).toEqual([10, 100, 255]);
  expect(preprocessing).toBe(words);
});
