import { mkdtempSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import {
  externalFloats,
  floats,
  integers,
  integersAttribute,
  message,
  node,
  onnxModel,
  value,
  writeMeans,
  type MadeModel,
} from './support/onnx-file.ts';
import { buildInferenceGraph, OnnxModel, readOnnxHeader, tensor, type Layer } from '../src/index.ts';

const folder = mkdtempSync(join(inject('runFolder'), 'onnx-file-'));
const models = join(folder, 'models');
mkdirSync(join(models, 'inside'), { recursive: true });
const weights = Float32Array.of(1, 2, 3);
const valuesOf = (values: Float32Array) => new Uint8Array(values.buffer);
writeFileSync(join(models, 'inside', 'weights.data'), Buffer.concat([Buffer.alloc(8), valuesOf(weights)]));
writeFileSync(join(folder, 'outside.data'), valuesOf(weights));
symlinkSync(join(folder, 'outside.data'), join(models, 'link.data'));

/** Images times a constant. */
const scaled: MadeModel = {
  nodes: [
    node('Mul', ['image', 'scale'], ['scaled']),
    node('GlobalAveragePool', ['scaled'], ['pool']),
    node('Flatten', ['pool'], ['features']),
  ],
  inputs: [value('image', ['N', 3, 4, 4])],
  outputs: [value('features', ['N', 3])],
  constants: [floats('scale', [1, 3, 1, 1], weights)],
};

let files = 0;
function fileOf(model: Partial<MadeModel>): string {
  const file = join(models, `${files++}.onnx`);
  writeFileSync(file, onnxModel({ ...scaled, ...model }));
  return file;
}

function external(place: Readonly<Record<string, string>>): Partial<MadeModel> {
  return { constants: [externalFloats('scale', [1, 3, 1, 1], place)] };
}

/** A node more, whose output nobody reads. */
function with_(more: Uint8Array, ...constants: Uint8Array[]): Partial<MadeModel> {
  return { nodes: [...scaled.nodes, more], constants: [...scaled.constants!, ...constants] };
}

const graphAttribute = message({ 1: 'body', 6: message({ 2: 'inner' }), 20: 5 });

describe('an ONNX file', () => {
  it('says what it is', () => {
    const file = fileOf({ metadata: { mean: '0.5' }, values: [value('scaled', ['N', 3, 4, 4])] });
    const { inputs, outputs, opsets, metadata, made, values, producer } = readOnnxHeader(file);
    expect(inputs).toEqual([{ name: 'image', elementType: 1, shape: ['N', 3, 4, 4] }]);
    expect(outputs.map(({ name }) => name)).toEqual(['features']);
    expect(made).toEqual(['scaled', 'pool', 'features']);
    expect([...opsets, ...metadata, producer]).toEqual([['', 17], ['mean', '0.5'], 'a test']);
    expect(values.get('scaled')!.shape).toEqual(['N', 3, 4, 4]);
  });

  it.each([
    [
      'a loop',
      with_(node('Loop', ['image'], ['out'], { attributes: [graphAttribute] })),
      /a graph within a graph \(Loop loop\).*no control flow/,
    ],
    [
      'a branch',
      with_(
        node('If', ['image'], ['out'], { attributes: [message({ 1: 'then_branch', 11: [message({})] })] }),
      ),
      /\(If if\)/,
    ],
    ['a function of its own', { more: { 25: message({ 1: 'f' }) } }, /has functions of its own/],
    [
      'a library of its own',
      with_(node('Magic', ['image'], ['out'], { domain: 'my.lib' })),
      /of the domain "my.lib" \(Magic magic\)/,
    ],
    ['an old operator set', { opset: 10 }, /operator set 10; allowed: 11 to 21/],
    ['a new operator set', { opset: 22 }, /operator set 22; allowed: 11 to 21/],
    [
      'a huge value of a few bytes',
      with_(node('ConstantOfShape', ['shape'], ['out']), integers('shape', [65536, 65536])),
      /makes more than 268435456 numbers out of few bytes \(with ConstantOfShape/,
    ],
    [
      'a huge value by a node',
      with_(node('Expand', ['image', 'shape'], ['out']), integers('shape', [2 ** 40])),
      /\(with Expand expand\)/,
    ],
    [
      'values that are huge together',
      {
        nodes: [...scaled.nodes, ...[1, 2, 3].map((i) => node('ConstantOfShape', ['shape'], [`out ${i}`]))],
        constants: [...scaled.constants!, integers('shape', [2 ** 13, 2 ** 14])],
      },
      /\(with ConstantOfShape/,
    ],
    [
      'a huge range',
      with_(
        node('Range', ['start', 'limit', 'step'], ['out']),
        ...[0, 2 ** 14, 2 ** -15].map((end, i) =>
          floats(['start', 'limit', 'step'][i]!, [], Float32Array.of(end)),
        ),
      ),
      /\(with Range/,
    ],
    [
      'huge borders',
      with_(
        node('Pad', ['image', 'pads'], ['out']),
        integers('pads', [0, 0, 2 ** 13, 2 ** 13, 0, 0, 2 ** 13, 2 ** 13]),
      ),
      /\(with Pad/,
    ],
    [
      'images that are enlarged by huge factors',
      with_(
        node('Resize', ['image', '', 'scales'], ['out']),
        floats('scales', [4], Float32Array.of(1, 1, 2400, 2400)),
      ),
      /\(with Resize/,
    ],
    [
      'images of a huge size',
      with_(node('Resize', ['image', '', '', 'sizes'], ['out']), integers('sizes', [1, 3, 2 ** 13, 2 ** 14])),
      /\(with Resize/,
    ],
    [
      'classes without number',
      with_(node('OneHot', ['image', 'depth', 'scale'], ['out']), integers('depth', [2 ** 23])),
      /\(with OneHot/,
    ],
    [
      'a convolution with huge borders',
      with_(
        node('Conv', ['image', 'scale'], ['out'], {
          attributes: [integersAttribute('pads', [2 ** 13, 2 ** 13, 2 ** 13, 2 ** 13])],
        }),
      ),
      /\(with Conv/,
    ],
    [
      'images that a transposed convolution enlarges by huge factors',
      {
        ...with_(
          node('ConvTranspose', ['image', 'kernel'], ['out'], {
            attributes: [integersAttribute('strides', [2 ** 10, 2 ** 10])],
          }),
          floats('kernel', [3, 1, 2, 2], new Float32Array(12)),
        ),
        inputs: [value('image', ['N', 3, 32, 32])],
      },
      /\(with ConvTranspose/,
    ],
    [
      'a transposed convolution of huge dilation',
      with_(
        node('ConvTranspose', ['image', 'kernel'], ['out'], {
          attributes: [integersAttribute('dilations', [2 ** 15, 2 ** 14])],
        }),
        floats('kernel', [3, 1, 2, 2], new Float32Array(12)),
      ),
      /\(with ConvTranspose/,
    ],
    [
      'huge noise',
      with_(
        node('RandomNormal', [], ['out'], { attributes: [integersAttribute('shape', [2 ** 20, 2 ** 20])] }),
      ),
      /\(with RandomNormal/,
    ],
    [
      'external data above its folder',
      external({ location: '../outside.data' }),
      /constant scale lies in "\.\.\/outside\.data"; allowed: a file in the model's folder/,
    ],
    [
      'external data by an absolute path',
      external({ location: join(folder, 'outside.data') }),
      /allowed: a file in the model's folder/,
    ],
    [
      'external data behind a link',
      external({ location: 'link.data' }),
      /allowed: a file in the model's folder/,
    ],
    ['external data that is a folder', external({ location: 'inside' }), /is no file/],
    ['external data that is gone', external({ location: 'gone.data' }), /does not exist/],
    [
      'external data that is short',
      external({ location: 'inside/weights.data', offset: '12' }),
      /at byte 12, 12 bytes for \[1, 3, 1, 1\]/,
    ],
    [
      'external data of another length',
      external({ location: 'inside/weights.data', offset: '8', length: '8' }),
      /at byte 8, 8 bytes/,
    ],
    [
      'external data of a node',
      with_(
        node('Constant', [], ['out'], {
          attributes: [message({ 1: 'value', 5: externalFloats('v', [3], { location: 'x' }), 20: 4 })],
        }),
      ),
      /keeps a constant of a node in another file/,
    ],
    ['two graphs', { more: { 7: [message({}), message({})] } }, /is no ONNX model: it holds 2 graphs/],
  ] as const)('is refused for %s', (_, model, reason) => {
    const file = fileOf(model as Partial<MadeModel>);
    expect(() => readOnnxHeader(file)).toThrow(UserError);
    expect(() => readOnnxHeader(file)).toThrow(reason);
  });

  it('is refused for more than 1 GiB before it is read', () => {
    const file = fileOf({});
    truncateSync(file, 2 ** 31);
    expect(() => readOnnxHeader(file)).toThrow(/is 2147483648 bytes .*allowed: at most 1073741824/);
  });

  it('is refused with a reason however it is damaged', () => {
    const whole = onnxModel(scaled);
    const file = join(models, 'damaged.onnx');
    const refusedOrRead = (bytes: Uint8Array) => {
      writeFileSync(file, bytes);
      try {
        readOnnxHeader(file);
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    };
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        refusedOrRead(whole.subarray(0, at));
        refusedOrRead(whole.with(at, byte));
      }),
      { numRuns: 40 },
    );
  });

  it('is known by its content, wherever its constants lie', async () => {
    const inFile = fileOf({});
    const beside = fileOf(external({ location: 'inside/weights.data', offset: '8' }));
    const images = tensor([1, 4, 4, 3], new Float32Array(48).fill(255));
    for (const file of [inFile, beside]) {
      const { layer } = layerOf(file);
      const model = await OnnxModel.open(buildInferenceGraph(networkOf(layer), new Map()), {
        sharedCores: true,
      });
      const [features] = await model.run(images, ['output']);
      expect([...features!.data]).toEqual([1, 2, 3]);
      await model.dispose();
      expect(readOnnxHeader(file).sha256).toBe(layer.graph.sha256);
    }
    writeFileSync(join(models, 'inside', 'weights.data'), Buffer.alloc(20));
    const { layer } = layerOf(beside);
    expect(() => buildInferenceGraph(networkOf(layer), new Map())).toThrow(/has changed: it was/);
  });
});

it('a graph that takes four images at a time gives of any number what one that takes any number gives', async () => {
  const images = tensor([6, 8, 8, 3]);
  images.data.forEach((_, i) => (images.data[i] = (i * 7919) % 256));
  const rows: number[][] = [];
  for (const batch of ['N', 4]) {
    const file = join(models, `batch-${batch}.onnx`);
    writeMeans(file, { batch, side: 8 });
    const graph = {
      ...layerOf(file).layer.graph,
      output: 'features',
      units: 6,
      batch: batch === 4 ? 4 : null,
    };
    const network = networkOf({ ...layerOf(file).layer, graph }, 8);
    const model = await OnnxModel.open(buildInferenceGraph(network, new Map()), { sharedCores: true });
    for (const count of [6, 4, 1]) {
      const some = tensor([count, 8, 8, 3], images.data.slice(0, count * 192));
      const [features] = await model.run(some, ['output']);
      expect(features!.shape).toEqual([count, 6]);
      rows.push([...features!.data]);
    }
    await model.dispose();
  }
  expect(rows.slice(3)).toEqual(rows.slice(0, 3));
});

type GraphLayer = Extract<Layer, { type: 'OnnxGraph' }>;

function layerOf(file: string): { layer: GraphLayer } {
  const { sha256 } = readOnnxHeader(file);
  const image = { layout: 'NCHW', scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] } as const;
  const graph = {
    file,
    sha256,
    input: 'image',
    output: 'features',
    batch: null,
    mapLayout: null,
    units: 3,
    ...image,
  } as const;
  return { layer: { type: 'OnnxGraph', name: 'onnx_graph', inputs: ['input'], graph } };
}

function networkOf(layer: GraphLayer, side = 4) {
  return { input: { name: 'input', shape: [side, side, 3] }, layers: [layer] };
}
