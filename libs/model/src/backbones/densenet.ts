import type { Network } from '@thaw/compute';
import type { Backbone, BackboneOptions } from '../backbone.ts';
import { NetworkBuilder } from '../network-builder.ts';
import { pixelScaling } from '../pixel-scaling.ts';
import { kerasApplications } from './keras-rules.ts';

/** Blocks of each stage of DenseNet121. */
const stages = [6, 12, 24, 16];
/** Channels that a block adds, and those between its two convolutions. */
const growth = 32;
const bottleneck = 4 * growth;

const momentum = 0.99;
const file = 'densenet121_weights_tf_dim_ordering_tf_kernels_notop.h5';

/**
 * DenseNet121 (Huang et al. 2016) as keras.applications builds it with `include_top=False, pooling="avg"`: names of layers with weights,
 * their order, padding, epsilon and momentum. A block sees what all blocks of its stage before it made; its input is RGB less the
 * mean of ImageNet over the standard deviation, as Torch took it.
 */
export const densenet121: Backbone = {
  title: 'DenseNet121',
  network: build,
  // What joins two stages is a block, too.
  blocks: stages.flatMap((blocks, stage) => [
    ...(stage > 0 ? [transitionName(stage)] : []),
    ...Array.from({ length: blocks }, (_, block) => blockName(stage, block)),
  ]),
  unfreezeFrom: 'conv5_block1',
  batchNormMomentum: momentum,
  ...pixelScaling({
    channels: 'RGB',
    // 255 times the deviations 0.229, 0.224, 0.225, and the means 0.485, 0.456, 0.406 over them.
    divisor: [58.395, 57.12, 57.375],
    offset: [-0.485 / 0.229, -0.456 / 0.224, -0.406 / 0.225],
  }),
  imagenet: {
    alphas: null,
    address: `${kerasApplications}/densenet`,
    file: () => file,
    md5: { [file]: '30ee3e1110167f948a6b9946edeeb738' },
  },
};

function build({ imageSize }: BackboneOptions): Network {
  const builder = new NetworkBuilder('input_layer', [imageSize, imageSize, 3]);
  const normalize = (prefix: string) => {
    builder.add({ type: 'BatchNormalization', name: `${prefix}bn`, epsilon: 1.001e-5, momentum });
    builder.add({ type: 'ReLU', name: `${prefix}relu`, maxValue: null });
  };
  const convolve = (name: string, filters: number, kernelSize = 1) => {
    const usual = { strides: 1, padding: 'same', useBias: false } as const;
    builder.add({ type: 'Conv2D', name, filters, kernelSize, ...usual });
  };

  builder.add({ type: 'ZeroPadding2D', name: 'zero_padding2d', padding: [3, 3, 3, 3] });
  const stem = { kernelSize: 7, strides: 2, padding: 'valid', useBias: false } as const;
  builder.add({ type: 'Conv2D', name: 'conv1_conv', filters: 64, ...stem });
  normalize('conv1_');
  builder.add({ type: 'ZeroPadding2D', name: 'zero_padding2d_1', padding: [1, 1, 1, 1] });
  builder.add({ type: 'MaxPooling2D', name: 'pool1', poolSize: 3, strides: 2 });

  for (const [stage, blocks] of stages.entries()) {
    if (stage > 0) {
      const pool = transitionName(stage);
      normalize(`${pool}_`);
      convolve(`${pool}_conv`, Math.trunc(builder.shape.at(-1)! / 2));
      builder.add({ type: 'AveragePooling2D', name: `${pool}_pool`, poolSize: 2 });
    }
    for (let index = 0; index < blocks; index++) {
      const block = blockName(stage, index);
      const input = builder.last;
      normalize(`${block}_0_`);
      convolve(`${block}_1_conv`, bottleneck);
      normalize(`${block}_1_`);
      convolve(`${block}_2_conv`, growth, 3);
      builder.add({ type: 'Concatenate', name: `${block}_concat` }, [input, builder.last]);
    }
  }

  normalize('');
  builder.add({ type: 'GlobalAveragePooling2D', name: 'avg_pool' });
  return builder.build();
}

function transitionName(stage: number): string {
  return `pool${stage + 1}`;
}

function blockName(stage: number, block: number): string {
  return `conv${stage + 2}_block${block + 1}`;
}
