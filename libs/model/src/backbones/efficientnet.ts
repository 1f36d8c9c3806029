import { tensor, type Network, type Tensor } from '@thaw/compute';
import type { Backbone } from '../backbone.ts';
import { NetworkBuilder } from '../network-builder.ts';
import { pixelScaling } from '../pixel-scaling.ts';
import { correctPad, makeDivisible } from './keras-rules.ts';
import { squeezeAndExcite } from './squeeze-and-excite.ts';

/** Stages of EfficientNetB0: channels before the width, repeats before the depth. */
const stages = [
  { kernelSize: 3, repeats: 1, filtersIn: 32, filters: 16, expansion: 1, strides: 1 },
  { kernelSize: 3, repeats: 2, filtersIn: 16, filters: 24, expansion: 6, strides: 2 },
  { kernelSize: 5, repeats: 2, filtersIn: 24, filters: 40, expansion: 6, strides: 2 },
  { kernelSize: 3, repeats: 3, filtersIn: 40, filters: 80, expansion: 6, strides: 2 },
  { kernelSize: 5, repeats: 3, filtersIn: 80, filters: 112, expansion: 6, strides: 1 },
  { kernelSize: 5, repeats: 4, filtersIn: 112, filters: 192, expansion: 6, strides: 2 },
  { kernelSize: 3, repeats: 1, filtersIn: 192, filters: 320, expansion: 6, strides: 1 },
] as const;

const squeeze = 0.25;
const momentum = 0.99;

interface Scale {
  readonly width: number;
  readonly depth: number;
  readonly md5: string;
}

export const efficientnetB0 = efficientnet('b0', {
  width: 1,
  depth: 1,
  md5: '50bc09e76180e00e4465e1a485ddc09d',
});
export const efficientnetB1 = efficientnet('b1', {
  width: 1,
  depth: 1.1,
  md5: '74c4e6b3e1f6a1eea24c589628592432',
});
export const efficientnetB2 = efficientnet('b2', {
  width: 1.1,
  depth: 1.2,
  md5: '111f8e2ac8aa800a7a99e3239f7bfb39',
});
export const efficientnetB3 = efficientnet('b3', {
  width: 1.2,
  depth: 1.4,
  md5: 'af6d107764bb5b1abb91932881670226',
});

/**
 * EfficientNet (Tan and Le 2019) as keras.applications builds it with `include_top=False, pooling="avg"`: layer names, order of
 * weights, padding, epsilon and momentum. Two things differ. Keras's Rescaling by 255 is done before the network, and the dropping
 * of whole residual branches in training (its layers `..._drop`) is left out: with it two runs of Keras differ, too.
 */
function efficientnet(version: string, scale: Scale): Backbone {
  const repeats = stages.map((stage) => Math.ceil(scale.depth * stage.repeats));
  const file = `efficientnet${version}_notop.h5`;
  return {
    title: `EfficientNet${version.toUpperCase()}`,
    network: ({ imageSize }) => build(scale, repeats, imageSize),
    blocks: stages.flatMap((_, stage) =>
      Array.from({ length: repeats[stage]! }, (_, repeat) => blockName(stage, repeat)),
    ),
    unfreezeFrom: 'block6a',
    batchNormMomentum: momentum,
    ...pixelScaling({ channels: 'RGB', divisor: 255, offset: 0 }),
    imagenet: {
      alphas: null,
      address: 'https://storage.googleapis.com/keras-applications',
      file: () => file,
      md5: { [file]: scale.md5 },
    },
    adaptWeights: withDeviations,
  };
}

const imagenetDeviations = [0.229, 0.224, 0.225];

/**
 * Keras's published files have ImageNet's standard deviations where Normalization reads variances, so that it divides by their
 * roots alone; Keras makes up for it with another Rescaling by 1 / sqrt(deviation), which it adds for `weights="imagenet"` and not
 * for a path to the same file (keras/src/applications/efficientnet.py). Here the file decides: where its variances are those
 * deviations, they become squares, and the network divides by the deviations, as the one that was trained did.
 */
function withDeviations(weights: ReadonlyMap<string, Tensor>) {
  const key = `${normalization}/variance`;
  const { data, shape } = weights.get(key)!;
  if (!imagenetDeviations.every((deviation, i) => Math.abs(data[i]! - deviation) < 1e-4)) return null;
  const variance = tensor(
    shape,
    data.map((deviation) => deviation * deviation),
  );
  return {
    weights: new Map([...weights, [key, variance]]),
    words: 'input over ImageNet\'s standard deviations, as with Keras\'s weights="imagenet"',
  };
}

const normalization = 'normalization';

function build({ width }: Scale, repeats: readonly number[], imageSize: number): Network {
  const filtersOf = (filters: number) => makeDivisible(filters * width);
  const builder = new NetworkBuilder('input_layer', [imageSize, imageSize, 3]);
  const normalize = (name: string) => {
    builder.add({ type: 'BatchNormalization', name, epsilon: 1e-3, momentum });
  };
  const swish = (name: string) => {
    builder.add({ type: 'Activation', name, activation: 'swish' });
  };
  const convolve = (name: string, filters: number) => {
    const usual = { kernelSize: 1, strides: 1, padding: 'same', useBias: false } as const;
    builder.add({ type: 'Conv2D', name, filters, ...usual });
  };
  const pad = (name: string, kernelSize: number) => {
    builder.add({ type: 'ZeroPadding2D', name, padding: correctPad(builder.shape, kernelSize) });
  };

  builder.add({ type: 'Normalization', name: normalization });
  pad('stem_conv_pad', 3);
  builder.add({
    type: 'Conv2D',
    name: 'stem_conv',
    filters: filtersOf(32),
    kernelSize: 3,
    strides: 2,
    padding: 'valid',
    useBias: false,
  });
  normalize('stem_bn');
  swish('stem_activation');

  for (const [index, stage] of stages.entries()) {
    for (let repeat = 0; repeat < repeats[index]!; repeat++) {
      const block = blockName(index, repeat);
      const filters = filtersOf(stage.filters);
      const filtersIn = repeat === 0 ? filtersOf(stage.filtersIn) : filters;
      const strides = repeat === 0 ? stage.strides : 1;
      const input = builder.last;
      if (stage.expansion > 1) {
        convolve(`${block}_expand_conv`, filtersIn * stage.expansion);
        normalize(`${block}_expand_bn`);
        swish(`${block}_expand_activation`);
      }
      if (strides === 2) pad(`${block}_dwconv_pad`, stage.kernelSize);
      builder.add({
        type: 'DepthwiseConv2D',
        name: `${block}_dwconv`,
        filters: builder.shape.at(-1)!,
        kernelSize: stage.kernelSize,
        strides,
        padding: strides === 1 ? 'same' : 'valid',
        useBias: false,
      });
      normalize(`${block}_bn`);
      swish(`${block}_activation`);
      squeezeAndExcite(builder, {
        pool: `${block}_se_squeeze`,
        reduce: `${block}_se_reduce`,
        inner: { type: 'Activation', name: `${block}_se_reduce_activation`, activation: 'swish' },
        expand: `${block}_se_expand`,
        gate: { name: `${block}_se_expand_activation`, activation: 'sigmoid' },
        multiply: `${block}_se_excite`,
        units: Math.max(1, Math.trunc(filtersIn * squeeze)),
      });
      convolve(`${block}_project_conv`, filters);
      normalize(`${block}_project_bn`);
      if (strides === 1 && filtersIn === filters) {
        builder.add({ type: 'Add', name: `${block}_add` }, [builder.last, input]);
      }
    }
  }

  convolve('top_conv', filtersOf(1280));
  normalize('top_bn');
  swish('top_activation');
  builder.add({ type: 'GlobalAveragePooling2D', name: 'avg_pool' });
  return builder.build();
}

function blockName(stage: number, repeat: number): string {
  return `block${stage + 1}${String.fromCharCode('a'.charCodeAt(0) + repeat)}`;
}
