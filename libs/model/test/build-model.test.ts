import { UserError } from '@thaw/base';
import { describe, expect, it } from 'vitest';
import { isHeadLayer } from '../src/head.ts';
import { buildModel, cutNetwork, outputShapes } from '../src/index.ts';
import { modelSettings } from './fixtures.ts';

const small = { alpha: 0.35, image_size: 64 };
const build = (settings: Parameters<typeof modelSettings>[0]) =>
  buildModel(modelSettings({ ...small, ...settings }), 4);

describe('a model', () => {
  it('is the backbone, Dense(head_units, relu) and Dense(classes, softmax)', () => {
    const { network, headLayers } = build({ head_units: 7 });
    expect(network.layers.slice(-3)).toEqual([
      { type: 'GlobalAveragePooling2D', name: 'global_average_pooling2d', inputs: ['out_relu'] },
      { type: 'Dense', name: 'dense', inputs: ['global_average_pooling2d'], units: 7, activation: 'relu' },
      { type: 'Dense', name: 'predictions', inputs: ['dense'], units: 4, activation: 'softmax' },
    ]);
    expect(headLayers).toEqual(['dense', 'predictions']);
    expect(network.input.shape).toEqual([64, 64, 3]);
    expect(outputShapes(network).get('predictions')).toEqual([4]);
  });

  const headOf = (settings: Parameters<typeof build>[0]) =>
    build(settings).network.layers.flatMap((layer) => {
      const { name, inputs } = layer;
      return isHeadLayer(name)
        ? [`${inputs.join()} > ${name}${'units' in layer ? ` ${layer.units}` : ''}`]
        : [];
    });

  it.each([
    [{ head_units: 0 }, ['global_average_pooling2d > predictions 4']],
    [{ head_units: [8] }, ['global_average_pooling2d > dense 8', 'dense > predictions 4']],
    [
      { head_units: [8, 6], head_dropout: 0.5, head_batch_norm: true },
      [
        'global_average_pooling2d > dense 8',
        'dense > batch_normalization',
        'batch_normalization > dropout',
        'dropout > dense_1 6',
        'dense_1 > batch_normalization_1',
        'batch_normalization_1 > dropout_1',
        'dropout_1 > predictions 4',
      ],
    ],
    [
      { head_units: 0, head_dropout: 0.5, head_batch_norm: true },
      [
        'global_average_pooling2d > batch_normalization',
        'batch_normalization > dropout',
        'dropout > predictions 4',
      ],
    ],
  ])('has the head of %j', (settings, layers) => {
    expect(headOf(settings)).toEqual(layers);
    const { trainable, headLayers, network } = build(settings);
    expect([...trainable]).toEqual(headLayers);
    expect(headLayers.some((name) => name.startsWith('dropout'))).toBe(false);
    // Dropout and batch normalisation of the head change with every step: neither is a part of the frozen front.
    expect(cutNetwork(network, trainable).prefix!.layers.at(-1)!.name).toBe('global_average_pooling2d');
  });

  it("penalises the head's kernels alone", () => {
    expect(build({}).penalties).toEqual(new Map());
    expect(build({ head_units: 0, head_l2: 0.1 }).penalties).toEqual(new Map([['predictions/kernel', 0.1]]));
    expect(build({ head_l2: 0.1, head_batch_norm: true, scenario: 'full_fine_tune' }).penalties).toEqual(
      new Map([
        ['dense/kernel', 0.1],
        ['predictions/kernel', 0.1],
      ]),
    );
  });

  // A block has three convolutions and three batch normalisations; the first one has no expansion.
  it.each([
    ['feature_extraction', undefined, 2, 'dense'],
    ['partial_unfreeze', 'block_14', 22, 'block_14_expand'],
    ['partial_unfreeze', 'block_1', 100, 'block_1_expand'],
    ['partial_unfreeze', 'block_16_project', 6, 'block_16_project'],
    ['partial_unfreeze', 'block_15_add', 10, 'block_16_expand'],
    ['partial_unfreeze', 'expanded_conv', 104, 'expanded_conv_depthwise'],
    ['partial_unfreeze', 'Conv_1', 4, 'Conv_1'],
    ['partial_unfreeze', 'Conv1', 106, 'Conv1'],
    ['partial_unfreeze', 'global_average_pooling2d', 2, 'dense'],
    ['from_scratch', undefined, 106, 'Conv1'],
    ['full_fine_tune', undefined, 106, 'Conv1'],
  ] as const)('trains for %s from %s: %i layers, from %s on', (scenario, from, count, first) => {
    const { network, trainable } = build({ scenario, ...(from && { unfreeze_from: from }) });
    const trained = network.layers.map((layer) => layer.name).filter((name) => trainable.has(name));
    expect(trained[0]).toBe(first);
    expect(trained).toHaveLength(count);
    expect(trainable.size).toBe(count);
    expect(trained.slice(-2)).toEqual(['dense', 'predictions']);
  });

  it('keeps batch normalisation out of what trains when it is frozen', () => {
    const options = { scenario: 'partial_unfreeze', unfreeze_from: 'block_16' } as const;
    const { trainable } = build({ ...options, batch_norm: 'frozen' });
    expect([...trainable]).toEqual([
      'block_16_expand',
      'block_16_depthwise',
      'block_16_project',
      'Conv_1',
      'dense',
      'predictions',
    ]);
  });

  it('trains batch normalisation from scratch also when it is frozen: there is nothing to keep', () => {
    expect(build({ scenario: 'from_scratch', batch_norm: 'frozen' }).trainable.has('bn_Conv1')).toBe(true);
  });

  it("moves statistics with Keras's momentum, or with another", () => {
    const momenta = (settings: Parameters<typeof build>[0]) =>
      new Set(
        build(settings).network.layers.flatMap((layer) => ('momentum' in layer ? [layer.momentum] : [])),
      );
    expect(momenta({})).toEqual(new Set([0.999]));
    expect(momenta({ batch_norm_momentum: 0.9 })).toEqual(new Set([0.9]));
  });

  it('refuses a layer that does not exist', () => {
    const broken = () => build({ scenario: 'partial_unfreeze', unfreeze_from: 'block_41' });
    expect(broken).toThrow(UserError);
    expect(broken).toThrow(/"block_41".*block_1 to block_16.*did you mean block_1\?$/);
  });
});
