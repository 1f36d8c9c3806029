import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine, OnnxModel, tensor, type Tensor } from '@thaw/compute';
import type { ModelSettings } from '@thaw/experiment';
import { afterAll, describe, expect, it } from 'vitest';
import { onnxModel, value, node, writeMeans, type MeansOptions } from '@thaw/compute/testing';
import {
  backboneOf,
  behindGraph,
  buildModel,
  encodeOnnxModel,
  fixedImageSize,
  initializeWeights,
  modelProblems,
} from '../src/index.ts';
import { Random } from '@thaw/base';
import { modelSettings, temporaryFolder } from './fixtures.ts';

const folder = temporaryFolder();
const engine = createEngine('onnx');
const input = { mean: [0.5, 0.25, 0], std: [0.5, 1, 2] };

let files = 0;
function means(options: MeansOptions = {}): `${string}.onnx` {
  const file = join(folder, `${files++}.onnx`) as `${string}.onnx`;
  writeMeans(file, options);
  return file;
}

function settingsOf(options: MeansOptions, more: Partial<ModelSettings> = {}): ModelSettings {
  return modelSettings({ backbone: means(options), input, image_size: 32, ...more });
}

/** Images of one colour each. */
function plain(...colours: readonly (readonly number[])[]): Tensor {
  const data = colours.flatMap((colour) => Array.from({ length: 32 * 32 }, () => colour).flat());
  return tensor([colours.length, 32, 32, 3], Float32Array.from(data));
}

describe('features of an ONNX file', () => {
  const kinds = (['NCHW', 'NHWC'] as const).flatMap((layout) =>
    [false, true].flatMap((map) =>
      ['N', 1, 4].map((batch) => ({ layout, map, batch, opset: map ? 20 : 11 })),
    ),
  );

  it.each(kinds)('are (x / 255 - mean) / std by its layers: %o', async (kind) => {
    const { backbone } = settingsOf(kind);
    const predictor = await engine.predictor(
      backboneOf({ backbone, input }).network({ alpha: 1, imageSize: 32 }),
      new Map(),
    );
    const { shape, data } = await predictor.predict(plain([255, 0, 51], [0, 255, 255], [0, 0, 0]));
    await predictor.dispose();
    expect(shape).toEqual([3, 6]);
    const expected = [
      [1, -0.25, 0.1],
      [-1, 0.75, 0.5],
      [-1, -0.25, 0],
    ].flatMap((row) => [...row, ...row.map((each) => -each)].map((each) => Math.max(each, 0)));
    expected.forEach((each, i) => expect(data[i]).toBeCloseTo(each, 6));
  });

  it('take mean and std from the metadata, and scale from the settings', async () => {
    const backbone = means({ metadata: { mean: '[0, 1, 2]', std: '2' } });
    const network = backboneOf({ backbone, input: { scale: 1 } }).network({ alpha: 1, imageSize: 32 });
    const predictor = await engine.predictor(network, new Map());
    const { data } = await predictor.predict(plain([10, 20, 30]));
    await predictor.dispose();
    expect([...data.slice(0, 3)]).toEqual([5, 9.5, 14]);
  });

  it.each(['NCHW', 'NHWC'] as const)(
    'are the means of a map within a graph of images in %s, whose equal sides say which are its channels',
    async (layout) => {
      const within = { backbone: means({ layout }), input: { ...input, output: 'conv' } };
      const predictor = await engine.predictor(
        backboneOf(within).network({ alpha: 1, imageSize: 32 }),
        new Map(),
      );
      const { shape, data } = await predictor.predict(plain([255, 0, 51]));
      await predictor.dispose();
      expect(shape).toEqual([1, 6]);
      [1, -0.25, 0.1, -1, 0.25, -0.1].forEach((each, i) => expect(data[i]).toBeCloseTo(each, 6));
    },
  );
});

describe('problems of an ONNX file as a backbone', () => {
  const gone = join(folder, 'gone.onnx') as `${string}.onnx`;
  const strange = (
    name: string,
    outputs: readonly (readonly [string, readonly (number | string)[]])[],
    shape: readonly (number | string)[] = ['N', 3, 32, 32],
  ) => {
    const file = join(folder, `${name}.onnx`) as `${string}.onnx`;
    const nodes = outputs.map(([output]) => node('Identity', ['image'], [output]));
    writeFileSync(
      file,
      onnxModel({
        nodes: [...nodes, node('Relu', ['image'], ['inner'])],
        inputs: [value('image', shape)],
        outputs: outputs.map(([output, dims]) => value(output, dims)),
      }),
    );
    return file;
  };

  it('there are none of one that says all that is needed', () => {
    expect(modelProblems(settingsOf({}))).toEqual([]);
    expect(modelProblems(settingsOf({ side: 'side' }, { image_size: 64 }))).toEqual([]);
  });

  it.each([-1, 0])('nor of one that writes %d for a length that is open', (open) => {
    const settings = settingsOf({ batch: open, side: open, map: true }, { image_size: 64 });
    expect(modelProblems(settings)).toEqual([]);
    expect(fixedImageSize(settings.backbone)).toBeNull();
  });

  it.each([
    [
      () => settingsOf({}, { backbone: gone }),
      'model.backbone',
      /gone.onnx", which does not exist; allowed: an ONNX file$/,
    ],
    [
      () => settingsOf({}, { scenario: 'full_fine_tune' }),
      'model.scenario',
      /^found full_fine_tune; allowed: feature_extraction, since nothing of an ONNX file \(.*\) trains$/,
    ],
    [
      () => settingsOf({}, { image_size: 224 }),
      'model.image_size',
      /^found 224; allowed: 32, the side of the images that/,
    ],
    [
      () => settingsOf({}, { input: { mean: 0 } }),
      'model.input',
      /^found no std, and the metadata of .* have none; allowed: .*\[0.485, 0.456, 0.406\]/,
    ],
    [() => settingsOf({}, { input: undefined }), 'model.input', /^found no mean and no std/],
    [
      () => settingsOf({}, { input: { ...input, layout: 'NHWC' } }),
      'model.backbone',
      /\[N, 3, 32, 32\] with 32 channels \(NHWC\); allowed: 3/,
    ],
    [
      () => settingsOf({}, { backbone: strange('open', [['a', ['N', 4]]], ['N', 'c', 'h', 'w']) }),
      'model.input.layout',
      /^found nothing, and the input of .* has not one 3; allowed: NCHW or NHWC$/,
    ],
    [
      () => settingsOf({}, { backbone: strange('flat', [['a', ['N', 4]]], ['N', 3]) }),
      'model.backbone',
      /whose input image is \[N, 3\]; allowed: float32 images/,
    ],
    [
      () =>
        settingsOf(
          {},
          {
            backbone: strange('two', [
              ['a', ['N', 4]],
              ['b', ['N', 4]],
            ]),
          },
        ),
      'model.input.output',
      /has 2 outputs; allowed: "a", "b", or another value of its graph$/,
    ],
    [
      () => settingsOf({}, { input: { ...input, output: 'featurs' } }),
      'model.input.output',
      /^found "featurs", and .* has no such value; .*did you mean features\?$/,
    ],
    [
      () => settingsOf({}, { input: { ...input, output: 'relu' } }),
      'model.input.output',
      /^found "relu", and .* has no shape for it; allowed: .*infer_shapes/,
    ],
    [
      () => settingsOf({}, { backbone: strange('tokens', [['a', ['N', 197, 192]]]) }),
      'model.input.output',
      /has a as \[N, 197, 192\]; allowed: float32 features, \[batch, features\], or a feature map, \[batch, channels, height, width\]$/,
    ],
  ] as const)('%#: %s', (settings, path, message) => {
    const problems = modelProblems(settings());
    expect(problems.map((each) => each.path.join('.'))).toEqual([path]);
    expect(problems[0]!.message).toMatch(message);
  });
});

describe('a classifier behind an ONNX file', () => {
  const models: OnnxModel[] = [];
  afterAll(() => Promise.all(models.map((model) => model.dispose())));

  it.each([true, false])('is one file with the map of the features where there is one: %s', async (map) => {
    const { network, headLayers } = buildModel(settingsOf({ map, batch: 1 }, { head_units: 4 }), 3);
    const weights = initializeWeights(network, new Random('head'), headLayers);
    const model = await OnnxModel.open(encodeOnnxModel(network, weights, {}), { sharedCores: true });
    models.push(model);
    expect(model.outputs).toEqual(['probabilities', 'features', ...(map ? ['feature_map'] : [])]);
    const [probabilities, features, featureMap] = await model.run(
      plain([255, 0, 0], [0, 255, 0]),
      model.outputs,
    );
    const head = await engine.predictor(behindGraph(network)!, weights);
    const expected = await head.predict(features!);
    await head.dispose();
    expect(probabilities!.shape).toEqual([2, 3]);
    expected.data.forEach((each, i) => expect(probabilities!.data[i]).toBeCloseTo(each, 6));
    if (map) expect([...featureMap!.shape, featureMap!.data[0]]).toEqual([2, 32, 32, 6, features!.data[0]]);
  });
});
