import type { Network } from '@thaw/compute';
import type { Backbone, BackboneOptions } from '../backbone.ts';
import { NetworkBuilder } from '../network-builder.ts';
import { pixelScaling } from '../pixel-scaling.ts';
import { alphaText, correctPad, kerasApplications, makeDivisible } from './keras-rules.ts';
import { squeezeAndExcite } from './squeeze-and-excite.ts';

type Size = 'small' | 'large';
type Activation = 'relu' | 'hard_swish';

type Block = readonly [
  expansion: number,
  filters: number,
  kernelSize: number,
  strides: number,
  excites: boolean,
  activation: Activation,
];

const blocksOf: Readonly<Record<Size, readonly Block[]>> = {
  small: [
    [1, 16, 3, 2, true, 'relu'],
    [72 / 16, 24, 3, 2, false, 'relu'],
    [88 / 24, 24, 3, 1, false, 'relu'],
    [4, 40, 5, 2, true, 'hard_swish'],
    [6, 40, 5, 1, true, 'hard_swish'],
    [6, 40, 5, 1, true, 'hard_swish'],
    [3, 48, 5, 1, true, 'hard_swish'],
    [3, 48, 5, 1, true, 'hard_swish'],
    [6, 96, 5, 2, true, 'hard_swish'],
    [6, 96, 5, 1, true, 'hard_swish'],
    [6, 96, 5, 1, true, 'hard_swish'],
  ],
  large: [
    [1, 16, 3, 1, false, 'relu'],
    [4, 24, 3, 2, false, 'relu'],
    [3, 24, 3, 1, false, 'relu'],
    [3, 40, 5, 2, true, 'relu'],
    [3, 40, 5, 1, true, 'relu'],
    [3, 40, 5, 1, true, 'relu'],
    [6, 80, 3, 2, false, 'hard_swish'],
    [2.5, 80, 3, 1, false, 'hard_swish'],
    [2.3, 80, 3, 1, false, 'hard_swish'],
    [2.3, 80, 3, 1, false, 'hard_swish'],
    [6, 112, 3, 1, true, 'hard_swish'],
    [6, 112, 3, 1, true, 'hard_swish'],
    [6, 160, 5, 2, true, 'hard_swish'],
    [6, 160, 5, 1, true, 'hard_swish'],
    [6, 160, 5, 1, true, 'hard_swish'],
  ],
};

const squeeze = 0.25;
const momentum = 0.999;

interface Variant {
  readonly size: Size;
  /** Without squeeze-and-excitation, hard swish and kernels of 5x5. */
  readonly isMinimalistic: boolean;
  readonly unfreezeFrom: string;
  /** Of Keras's files, by alpha. */
  readonly md5: Readonly<Record<string, string>>;
}

export const mobilenetV3Small = mobilenetV3({
  size: 'small',
  isMinimalistic: false,
  unfreezeFrom: 'expanded_conv_9',
  md5: { '0.75': 'ebdb5cc8e0b497cd13a7c275d475c819', '1.0': 'd3e8ec802a04aa4fc771ee12a9a9b836' },
});
export const mobilenetV3SmallMinimalistic = mobilenetV3({
  size: 'small',
  isMinimalistic: true,
  unfreezeFrom: 'expanded_conv_9',
  md5: { '1.0': 'cde8136e733e811080d9fcd8a252f7e4' },
});
export const mobilenetV3Large = mobilenetV3({
  size: 'large',
  isMinimalistic: false,
  unfreezeFrom: 'expanded_conv_12',
  md5: { '0.75': '40af19a13ebea4e2ee0c676887f69a2e', '1.0': '07fb09a5933dd0c8eaafa16978110389' },
});
export const mobilenetV3LargeMinimalistic = mobilenetV3({
  size: 'large',
  isMinimalistic: true,
  unfreezeFrom: 'expanded_conv_12',
  md5: { '1.0': 'ec5221f64a2f6d1ef965a614bdae7973' },
});

/**
 * MobileNetV3 (Howard et al. 2019) as keras.applications builds it with `include_top=False, pooling="avg"`: names of layers with
 * weights, their order, padding, epsilon and momentum. Its Rescaling is done before the network. The stem has 16 channels at every
 * alpha, and a block has a shortcut where its rounded channels are those of its input.
 */
function mobilenetV3({ size, isMinimalistic, unfreezeFrom, md5 }: Variant): Backbone {
  const blocks = isMinimalistic ? blocksOf[size].map(minimalistic) : blocksOf[size];
  const form = isMinimalistic ? `${size}_minimalistic` : size;
  const file = (alpha: string) => `weights_mobilenet_v3_${form}_224_${alpha}_float_no_top_v2.h5`;
  const title = `MobileNetV3${size === 'small' ? 'Small' : 'Large'}`;
  return {
    title: isMinimalistic ? `${title}, minimalistic` : title,
    network: (options) => build(blocks, options, isMinimalistic ? 'relu' : 'hard_swish'),
    blocks: blocks.map((_, index) => blockName(index)),
    unfreezeFrom,
    batchNormMomentum: momentum,
    ...pixelScaling({ channels: 'RGB', divisor: 127.5, offset: -1 }),
    imagenet: {
      alphas: Object.keys(md5).map(Number),
      address: `${kerasApplications}/mobilenet_v3`,
      file: (alpha) => file(alphaText(alpha)),
      md5: Object.fromEntries(Object.entries(md5).map(([alpha, hash]) => [file(alpha), hash])),
    },
  };
}

function minimalistic([expansion, filters, , strides]: Block): Block {
  return [expansion, filters, 3, strides, false, 'relu'];
}

function build(
  blocks: readonly Block[],
  { alpha, imageSize }: BackboneOptions,
  activation: Activation,
): Network {
  const builder = new NetworkBuilder('input_layer', [imageSize, imageSize, 3]);
  const normalize = (name: string) => {
    builder.add({ type: 'BatchNormalization', name, epsilon: 1e-3, momentum });
  };
  const activate = (name: string, by: Activation = activation) => {
    if (by === 'relu') builder.add({ type: 'ReLU', name, maxValue: null });
    else builder.add({ type: 'Activation', name, activation: by });
  };
  const convolve = (name: string, filters: number, kernelSize = 1, strides = 1) => {
    const usual = { padding: 'same', useBias: false } as const;
    builder.add({ type: 'Conv2D', name, filters, kernelSize, strides, ...usual });
  };

  convolve('conv', 16, 3, 2);
  normalize('conv_bn');
  activate('conv_activation');
  for (const [
    index,
    [expansion, plainFilters, kernelSize, strides, excites, blockActivation],
  ] of blocks.entries()) {
    const block = blockName(index);
    const input = builder.last;
    const inputFilters = builder.shape.at(-1)!;
    const filters = makeDivisible(plainFilters * alpha);
    const expanded = makeDivisible(inputFilters * expansion);
    if (index > 0) {
      convolve(`${block}_expand`, expanded);
      normalize(`${block}_expand_bn`);
      activate(`${block}_expand_activation`, blockActivation);
    }
    if (strides === 2) {
      const padding = correctPad(builder.shape, kernelSize);
      builder.add({ type: 'ZeroPadding2D', name: `${block}_depthwise_pad`, padding });
    }
    builder.add({
      type: 'DepthwiseConv2D',
      name: `${block}_depthwise`,
      filters: builder.shape.at(-1)!,
      kernelSize,
      strides,
      padding: strides === 1 ? 'same' : 'valid',
      useBias: false,
    });
    normalize(`${block}_depthwise_bn`);
    activate(`${block}_depthwise_activation`, blockActivation);
    if (excites) {
      const prefix = `${block}_squeeze_excite`;
      squeezeAndExcite(builder, {
        pool: `${prefix}_avg_pool`,
        reduce: `${prefix}_conv`,
        inner: { type: 'ReLU', name: `${prefix}_relu`, maxValue: null },
        expand: `${prefix}_conv_1`,
        gate: { name: `${prefix}_gate`, activation: 'hard_sigmoid' },
        multiply: `${prefix}_mul`,
        units: makeDivisible(expanded * squeeze),
      });
    }
    convolve(`${block}_project`, filters);
    normalize(`${block}_project_bn`);
    if (strides === 1 && inputFilters === filters) {
      builder.add({ type: 'Add', name: `${block}_add` }, [input, builder.last]);
    }
  }

  convolve('conv_1', makeDivisible(builder.shape.at(-1)! * 6));
  normalize('conv_1_bn');
  activate('conv_1_activation');
  builder.add({ type: 'GlobalAveragePooling2D', name: 'avg_pool' });
  return builder.build();
}

function blockName(index: number): string {
  return index === 0 ? 'expanded_conv' : `expanded_conv_${index}`;
}
