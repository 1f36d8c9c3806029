import type { Network } from '@thaw/compute';
import type { Backbone, BackboneOptions } from '../backbone.ts';
import { NetworkBuilder } from '../network-builder.ts';
import { pixelScaling } from '../pixel-scaling.ts';
import { alphaText, correctPad, kerasApplications, makeDivisible } from './keras-rules.ts';

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
const momentum = 0.999;
const imagenetSizes = [96, 128, 160, 192, 224];

/**
 * MobileNetV2 (Sandler et al. 2018) exactly as keras.applications builds it with `include_top=False, pooling="avg"`:
 * layer names, order, padding, epsilon and momentum. Any positive alpha, any size from 32 up.
 */
export const mobilenetV2: Backbone = {
  title: 'MobileNetV2',
  network: buildMobilenetV2,
  blocks: invertedResidualBlocks.map((_, block) => blockName(block)),
  unfreezeFrom: 'block_14',
  batchNormMomentum: momentum,
  ...pixelScaling({ channels: 'RGB', divisor: 127.5, offset: -1 }),
  imagenet: {
    alphas: [0.35, 0.5, 0.75, 1, 1.3, 1.4],
    address: `${kerasApplications}/mobilenet_v2`,
    /** For a size that Keras publishes no weights for, the file for 224, as Keras does. */
    file(alpha, imageSize) {
      const rows = imagenetSizes.includes(imageSize) ? imageSize : 224;
      return `mobilenet_v2_weights_tf_dim_ordering_tf_kernels_${alphaText(alpha)}_${rows}_no_top.h5`;
    },
  },
};

function buildMobilenetV2({ alpha, imageSize }: BackboneOptions): Network {
  const builder = new NetworkBuilder('input_layer', [imageSize, imageSize, 3]);
  const batchNormalization = (name: string) => {
    builder.add({ type: 'BatchNormalization', name, epsilon: 1e-3, momentum });
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
      builder.add({ type: 'ZeroPadding2D', name: `${block}_pad`, padding: correctPad(builder.shape, 3) });
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
