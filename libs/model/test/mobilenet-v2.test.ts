import { readFileSync } from 'node:fs';
import type { Layer } from '@thaw/compute';
import { backbones, outputShapes, weightShapes } from '../src/index.ts';
import { describe, expect, it } from 'vitest';

/** Made with Keras by golden/make_mobilenet_v2_layers.py. */
interface Golden {
  layers: string[];
  weight_names: string;
  variants: {
    alpha: number;
    size: number;
    without: string[];
    beyond: string[];
    outputs: string;
    weights: string;
    padding: string;
  }[];
}
const golden = JSON.parse(
  readFileSync(new URL('golden/mobilenet-v2-layers.json', import.meta.url), 'utf8'),
) as Golden;

const { mobilenet_v2: mobilenetV2 } = backbones;
const shapeText = (shape: readonly number[]) => shape.join('x');

/** A layer in the golden file's words. */
function describeLayer(layer: Layer): string {
  const pair = (value: number) => `[${value}, ${value}]`;
  const attributes = () => {
    switch (layer.type) {
      case 'Conv2D':
      case 'DepthwiseConv2D': {
        const { kernelSize, strides, padding, useBias, type } = layer;
        const last = type === 'Conv2D' ? 'groups=1' : 'depth_multiplier=1';
        return `kernel_size=${pair(kernelSize)} strides=${pair(strides)} padding="${padding}" use_bias=${useBias} activation="linear" dilation_rate=[1, 1] ${last}`;
      }
      case 'BatchNormalization':
        return `axis=-1 epsilon=${layer.epsilon} momentum=${layer.momentum} center=true scale=true`;
      case 'ReLU':
        return `max_value=${layer.maxValue?.toFixed(1)} negative_slope=0.0 threshold=0.0`;
      default:
        return '';
    }
  };
  return `${layer.type} ${layer.name} < ${layer.inputs.join(',')} | ${attributes()}`;
}

describe('MobileNetV2', () => {
  it('has the layers of Keras: names, order, inputs and options', () => {
    const { layers } = mobilenetV2.network({ alpha: 1, imageSize: 224 });
    expect(layers.map(describeLayer)).toEqual(golden.layers);
  });

  it('names its weights as Keras does', () => {
    const network = mobilenetV2.network({ alpha: 1, imageSize: 224 });
    expect([...weightShapes(network).keys()].join(' ')).toBe(golden.weight_names);
  });

  it.each(golden.variants)('has the shapes of Keras with alpha $alpha at size $size', (variant) => {
    const network = mobilenetV2.network({ alpha: variant.alpha, imageSize: variant.size });
    const names = network.layers.map((layer) => layer.name);
    const usual = mobilenetV2.network({ alpha: 1, imageSize: 224 }).layers.map((layer) => layer.name);
    expect(usual.filter((name) => !names.includes(name))).toEqual(variant.without);
    expect(names.filter((name) => !usual.includes(name))).toEqual(variant.beyond);

    const shapes = outputShapes(network);
    expect(names.map((name) => shapeText(shapes.get(name)!)).join(' ')).toBe(variant.outputs);
    expect([...weightShapes(network).values()].map(shapeText).join(' ')).toBe(variant.weights);
    const paddings = network.layers.flatMap((layer) =>
      layer.type === 'ZeroPadding2D' ? [shapeText(layer.padding)] : [],
    );
    expect(paddings.join(' ')).toBe(variant.padding);
  });

  it.each([
    [1, 224, 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5'],
    [0.35, 96, 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_96_no_top.h5'],
    [0.5, 100, 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.5_224_no_top.h5'],
  ])('takes the weights that Keras takes with alpha %d at size %d', (alpha, size, file) => {
    expect(mobilenetV2.imagenet!.file(alpha, size)).toBe(file);
  });

  it('scales pixels as Keras does, in float32, and leaves its input alone', () => {
    // numpy: x = np.float32(pixel); x /= np.float32(127.5); x -= 1
    const pixels = new Uint8Array([0, 1, 50, 127, 128, 200, 254, 255]);
    const expected = [-1, -0.9921568632125854, -0.6078431606292725, -0.003921568393707275];
    const upper = [0.003921627998352051, 0.5686274766921997, 0.9921568632125854, 1];
    expect([...mobilenetV2.preprocess(pixels)]).toEqual([...expected, ...upper]);
    expect([...mobilenetV2.preprocess(Float32Array.from(pixels))]).toEqual([...expected, ...upper]);
    expect([...pixels]).toEqual([0, 1, 50, 127, 128, 200, 254, 255]);
  });
});
