import type { Network } from '@thaw/compute';
import type { Backbone, BackboneOptions } from '../backbone.ts';
import { NetworkBuilder } from '../network-builder.ts';
import { pixelScaling } from '../pixel-scaling.ts';
import { kerasApplications } from './keras-rules.ts';

/** Stages of ResNet50: channels inside a block, blocks, stride of the first. */
const stages = [
  { filters: 64, blocks: 3, strides: 1 },
  { filters: 128, blocks: 4, strides: 2 },
  { filters: 256, blocks: 6, strides: 2 },
  { filters: 512, blocks: 3, strides: 2 },
] as const;

const momentum = 0.99;
const file = 'resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5';

/**
 * ResNet50 (He et al. 2015) as keras.applications builds it with `include_top=False, pooling="avg"`: layer names, order of weights,
 * padding, epsilon and momentum; the stride of a block is that of its first 1x1 convolution. Its input is BGR less the mean of
 * ImageNet, as Caffe took it.
 */
export const resnet50: Backbone = {
  title: 'ResNet50',
  network: build,
  blocks: stages.flatMap(({ blocks }, stage) =>
    Array.from({ length: blocks }, (_, block) => blockName(stage, block)),
  ),
  unfreezeFrom: 'conv5_block1',
  batchNormMomentum: momentum,
  ...pixelScaling({ channels: 'BGR', divisor: 1, offset: [-103.939, -116.779, -123.68] }),
  imagenet: {
    alphas: null,
    address: `${kerasApplications}/resnet`,
    file: () => file,
    md5: { [file]: '4d473c1dd8becc155b73f8504c6f6626' },
  },
};

function build({ imageSize }: BackboneOptions): Network {
  const builder = new NetworkBuilder('input_layer', [imageSize, imageSize, 3]);
  const convolve = (name: string, filters: number, kernelSize = 1, strides = 1, input = builder.last) => {
    const usual = { padding: kernelSize === 3 ? 'same' : 'valid', useBias: true } as const;
    builder.add({ type: 'Conv2D', name, filters, kernelSize, strides, ...usual }, [input]);
  };
  const normalize = (name: string, input = builder.last) => {
    builder.add({ type: 'BatchNormalization', name, epsilon: 1.001e-5, momentum }, [input]);
  };
  const relu = (name: string) => {
    builder.add({ type: 'ReLU', name, maxValue: null });
  };

  builder.add({ type: 'ZeroPadding2D', name: 'conv1_pad', padding: [3, 3, 3, 3] });
  convolve('conv1_conv', 64, 7, 2);
  normalize('conv1_bn');
  relu('conv1_relu');
  builder.add({ type: 'ZeroPadding2D', name: 'pool1_pad', padding: [1, 1, 1, 1] });
  builder.add({ type: 'MaxPooling2D', name: 'pool1_pool', poolSize: 3, strides: 2 });

  for (const [stage, { filters, blocks, strides }] of stages.entries()) {
    for (let index = 0; index < blocks; index++) {
      const block = blockName(stage, index);
      const input = builder.last;
      const isFirst = index === 0;
      convolve(`${block}_1_conv`, filters, 1, isFirst ? strides : 1);
      normalize(`${block}_1_bn`);
      relu(`${block}_1_relu`);
      convolve(`${block}_2_conv`, filters, 3);
      normalize(`${block}_2_bn`);
      relu(`${block}_2_relu`);
      const inside = builder.last;
      // In the order in which Keras keeps their weights.
      if (isFirst) convolve(`${block}_0_conv`, 4 * filters, 1, strides, input);
      convolve(`${block}_3_conv`, 4 * filters, 1, 1, inside);
      if (isFirst) normalize(`${block}_0_bn`, `${block}_0_conv`);
      normalize(`${block}_3_bn`, `${block}_3_conv`);
      const shortcut = isFirst ? `${block}_0_bn` : input;
      builder.add({ type: 'Add', name: `${block}_add` }, [shortcut, builder.last]);
      relu(`${block}_out`);
    }
  }

  builder.add({ type: 'GlobalAveragePooling2D', name: 'avg_pool' });
  return builder.build();
}

function blockName(stage: number, block: number): string {
  return `conv${stage + 2}_block${block + 1}`;
}
