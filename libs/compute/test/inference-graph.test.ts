import { Random } from '@thaw/base';
import { describe, expect, test } from 'vitest';
import { buildInferenceGraph } from '../src/engines/onnx/inference-graph.ts';
import { OnnxModel } from '../src/engines/onnx/onnx-model.ts';
import { manySided, randomBatch, randomWeights } from './networks.ts';

const options = { sharedCores: true };
const weights = randomWeights(manySided, new Random('weights'));
const { inputs } = randomBatch(manySided, 3, new Random('batch'));

describe('an inference graph', () => {
  test('gives the layers that are asked for, images channels-last, any batch size', async () => {
    const outputs = { probabilities: 'predictions', features: 'pool', map: 'wide_relu' };
    const model = await OnnxModel.open(buildInferenceGraph(manySided, weights, { outputs }), options);
    const [probabilities, features, map] = await model.run(inputs, ['probabilities', 'features', 'map']);
    expect([probabilities!.shape, features!.shape]).toEqual([
      [3, 3],
      [3, 18],
    ]);
    const [, height, width, channels] = map!.shape as [number, number, number, number];
    expect(channels).toBe(18);
    for (let i = 0; i < 3 * channels; i++) {
      const [image, channel] = [Math.floor(i / channels), i % channels];
      let sum = 0;
      for (let place = 0; place < height * width; place++) {
        sum += map!.data[(image * height * width + place) * channels + channel]!;
      }
      expect(features!.data[i]).toBeCloseTo(sum / (height * width), 4);
    }
    await model.dispose();
  });

  test('names no operators but the standard ones, and carries its metadata', () => {
    const bytes = Buffer.from(buildInferenceGraph(manySided, weights, { metadata: { labels: '["a","b"]' } }));
    expect(bytes.includes('com.microsoft')).toBe(false);
    expect(bytes.includes('["a","b"]')).toBe(true);
  });

  test('says that a layer inside a step is no output', () => {
    const build = () => buildInferenceGraph(manySided, weights, { outputs: { norm: 'stem_bn' } });
    expect(build).toThrow(new RangeError('the graph has no value of a layer stem_bn'));
  });
});
