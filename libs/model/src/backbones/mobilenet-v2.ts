import type { Network } from '@thaw/compute';
import type { Backbone, BackboneOptions } from '../backbone.ts';
import { NetworkBuilder } from '../network-builder.ts';

/** Inverted residual blocks in order: output channels before alpha, and the stride of the depthwise convolution. */
const invertedResidualBlocks = [
  { filters: 16, stride: 1 },
  { filters: 24, stride: 2 },
  { filters: 24, stride: 1 },
  { filters: 32, stride: 2 },
  { filters: 32, stride: 1 },
  { filters: 32, stride: 1 },
  { filters: 64, stride: 2 },
  { filters: 64, stride: 1 },
  { filters: 64, stride: 1 },
  { filters: 64, stride: 1 },
  { filters: 96, stride: 1 },
  { filters: 96, stride: 1 },
  { filters: 96, stride: 1 },
  { filters: 160, stride: 2 },
  { filters: 160, stride: 1 },
  { filters: 160, stride: 1 },
  { filters: 320, stride: 1 },
] as const;

const expansion = 6;
const imagenetSizes = [96, 128, 160, 192, 224];

/**
 * MobileNetV2 (Sandler et al. 2018) exactly as keras.applications builds it with `include_top=False, pooling="avg"`:
 * layer names, order, padding, epsilon and momentum. Any positive alpha, any size from 32 up.
 */
export const mobilenetV2: Backbone = {
  network: buildMobilenetV2,
  imagenetAlphas: [0.35, 0.5, 0.75, 1, 1.3, 1.4],
  blocks: invertedResidualBlocks.map((_, block) => blockName(block)),
  /** For a size that Keras publishes no weights for, the file for 224, as Keras does. */
  weightsFile(alpha, imageSize) {
    const rows = imagenetSizes.includes(imageSize) ? imageSize : 224;
    const width = Number.isInteger(alpha) ? alpha.toFixed(1) : String(alpha);
    return `mobilenet_v2_weights_tf_dim_ordering_tf_kernels_${width}_${rows}_no_top.h5`;
  },
  preprocess(pixels, scaled = new Float32Array(pixels.length)) {
    if (pixels instanceof Uint8Array) {
      for (let i = 0; i < pixels.length; i++) scaled[i] = scaledBytes[pixels[i]!]!;
    } else {
      for (let i = 0; i < pixels.length; i++) scaled[i] = scale(pixels[i]!);
    }
    return scaled;
  },
  preprocessing: 'x / 127.5 - 1',
  scaling: { divisor: 127.5, offset: -1 },
};

function scale(pixel: number): number {
  return Math.fround(pixel / 127.5) - 1;
}

/** A look at a table is quicker than a division. */
const scaledBytes = Float32Array.from({ length: 256 }, (_, byte) => scale(byte));

function buildMobilenetV2({ alpha, imageSize }: BackboneOptions): Network {
  const builder = new NetworkBuilder('input_layer', [imageSize, imageSize, 3]);
  const batchNormalization = (name: string) => {
    builder.add({ type: 'BatchNormalization', name, epsilon: 1e-3, momentum: 0.999 });
  };
  const relu6 = (name: string) => {
    builder.add({ type: 'ReLU', name, maxValue: 6 });
  };
  const convolution = (name: string, filters: number, padding: 'same' | 'valid' = 'same') => {
    builder.add({ type: 'Conv2D', name, filters, kernelSize: 1, strides: 1, padding, useBias: false });
  };

  builder.add({
    type: 'Conv2D',
    name: 'Conv1',
    filters: makeDivisible(32 * alpha),
    kernelSize: 3,
    strides: 2,
    padding: 'same',
    useBias: false,
  });
  batchNormalization('bn_Conv1');
  relu6('Conv1_relu');

  for (const [index, { filters, stride }] of invertedResidualBlocks.entries()) {
    const block = blockName(index);
    const input = builder.last;
    const inputChannels = builder.shape.at(-1)!;
    if (index > 0) {
      convolution(`${block}_expand`, expansion * inputChannels);
      batchNormalization(`${block}_expand_BN`);
      relu6(`${block}_expand_relu`);
    }
    if (stride === 2) {
      builder.add({ type: 'ZeroPadding2D', name: `${block}_pad`, padding: correctPad(builder.shape) });
    }
    builder.add({
      type: 'DepthwiseConv2D',
      name: `${block}_depthwise`,
      filters: builder.shape.at(-1)!,
      kernelSize: 3,
      strides: stride,
      padding: stride === 1 ? 'same' : 'valid',
      useBias: false,
    });
    batchNormalization(`${block}_depthwise_BN`);
    relu6(`${block}_depthwise_relu`);

    const projected = makeDivisible(Math.trunc(filters * alpha));
    convolution(`${block}_project`, projected);
    batchNormalization(`${block}_project_BN`);
    if (inputChannels === projected && stride === 1) {
      builder.add({ type: 'Add', name: `${block}_add` }, [input, builder.last]);
    }
  }

  convolution('Conv_1', alpha > 1 ? makeDivisible(1280 * alpha) : 1280, 'valid');
  batchNormalization('Conv_1_bn');
  relu6('out_relu');
  builder.add({ type: 'GlobalAveragePooling2D', name: 'global_average_pooling2d' });
  return builder.build();
}

function blockName(index: number): string {
  return index === 0 ? 'expanded_conv' : `block_${index}`;
}

/** Keras's `_make_divisible`: the nearest multiple of 8, at least 8, never below 90 % of the value. */
function makeDivisible(value: number): number {
  const rounded = Math.max(8, Math.floor(Math.trunc(value + 4) / 8) * 8);
  return rounded < 0.9 * value ? rounded + 8 : rounded;
}

/** Keras's `correct_pad` for a 3x3 kernel with stride 2: an even side is padded at its end alone. */
function correctPad(shape: readonly number[]): [number, number, number, number] {
  const [top, left] = shape.slice(0, 2).map((side) => side % 2);
  return [top!, 1, left!, 1];
}
