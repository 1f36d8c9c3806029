import type { Layer, Network } from '@thaw/compute';
import { assert, integer, property, record, array, boolean } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildModel, cutNetwork, outputShapes, weightShapes } from '../src/index.ts';
import { modelSettings } from './fixtures.ts';

/** A chain of Dense(3) layers in which some add an earlier tensor: every layer's output is read by someone. */
const networks = array(record({ shortcut: integer({ min: 0, max: 6 }), trains: boolean() }), {
  minLength: 1,
  maxLength: 14,
}).map((steps) => {
  const layers: Layer[] = [];
  const trainable = new Set<string>();
  let last = 'input';
  for (const [index, { shortcut, trains }] of steps.entries()) {
    const name = `dense_${index}`;
    layers.push({ type: 'Dense', name, inputs: [last], units: 3, activation: 'linear' });
    if (trains) trainable.add(name);
    last = name;
    const earlier = ['input', ...layers.map((layer) => layer.name)].at(-1 - shortcut);
    if (shortcut > 0 && earlier !== undefined) {
      last = `add_${index}`;
      layers.push({ type: 'Add', name: last, inputs: [earlier, name] });
    }
  }
  const network: Network = { input: { name: 'input', shape: [3] }, layers };
  return { network, trainable };
});

/** Names of tensors made in the first `count` layers, or the input, that later layers read. */
function liveTensors({ input, layers }: Network, count: number): string[] {
  const made = new Set([input.name, ...layers.slice(0, count).map((layer) => layer.name)]);
  return [...new Set(layers.slice(count).flatMap((layer) => layer.inputs))].filter((name) => made.has(name));
}

describe('cutting a network', () => {
  it.each([
    [{ scenario: 'feature_extraction' }, 'global_average_pooling2d', [1280]],
    [{ scenario: 'partial_unfreeze', unfreeze_from: 'block_14' }, 'block_13_project_BN', [7, 7, 160]],
    [{ scenario: 'partial_unfreeze', unfreeze_from: 'block_15' }, 'block_14_add', [7, 7, 160]],
    [{ scenario: 'partial_unfreeze', unfreeze_from: 'block_14_project' }, 'block_13_project_BN', [7, 7, 160]],
    [
      { scenario: 'partial_unfreeze', unfreeze_from: 'block_13_project' },
      'block_13_depthwise_relu',
      [7, 7, 576],
    ],
    [{ scenario: 'partial_unfreeze', unfreeze_from: 'Conv_1_bn' }, 'Conv_1', [7, 7, 1280]],
    [{ scenario: 'partial_unfreeze', unfreeze_from: 'bn_Conv1' }, 'Conv1', [112, 112, 32]],
  ] as const)('%j: the frozen front ends at %s', (settings, boundary, shape) => {
    const { network, trainable } = buildModel(modelSettings(settings), 4);
    const { prefix, suffix } = cutNetwork(network, trainable);
    expect(prefix!.layers.at(-1)!.name).toBe(boundary);
    expect(suffix.input).toEqual({ name: boundary, shape });
  });

  const efficient = { backbone: 'efficientnet_b0', image_size: 64, scenario: 'partial_unfreeze' } as const;

  it.each([
    ['zeros around an image', { ...efficient, unfreeze_from: 'block4a_dwconv' }, 'block4a_expand_activation'],
    ['a squeeze-and-excitation', { ...efficient, unfreeze_from: 'block4a_se_expand' }, 'block4a_activation'],
    ['a shortcut', { ...efficient, unfreeze_from: 'block2b_se_expand' }, 'block2a_project_bn'],
  ] as const)('keeps %s in one part', (_, settings, boundary) => {
    const { network, trainable } = buildModel(modelSettings(settings), 4);
    expect(cutNetwork(network, trainable).prefix!.layers.at(-1)!.name).toBe(boundary);
  });

  it('does not keep an image that is only standardised', () => {
    const settings = { ...efficient, scenario: 'full_fine_tune' } as const;
    const { network, trainable } = buildModel(modelSettings(settings), 4);
    expect(cutNetwork(network, trainable).prefix).toBeNull();
    expect(trainable.has('normalization')).toBe(false);
  });

  it.each(['from_scratch', 'full_fine_tune'] as const)('has no frozen front for %s', (scenario) => {
    const { network, trainable } = buildModel(modelSettings({ scenario }), 4);
    expect(cutNetwork(network, trainable)).toEqual({ prefix: null, suffix: network });
  });

  it('leaves the last layer to the suffix when nothing trains', () => {
    const { network } = buildModel(modelSettings(), 4);
    const { suffix } = cutNetwork(network, new Set());
    expect(suffix.layers.map((layer) => layer.name)).toEqual(['predictions']);
  });

  it('gives two parts that are the whole, with the same tensors and weights', () => {
    assert(
      property(networks, ({ network, trainable }) => {
        const { prefix, suffix } = cutNetwork(network, trainable);
        expect([...(prefix?.layers ?? []), ...suffix.layers]).toEqual(network.layers);
        const parts = prefix ? [prefix, suffix] : [suffix];
        expect(Object.fromEntries(parts.flatMap((part) => [...outputShapes(part)]))).toEqual(
          Object.fromEntries(outputShapes(network)),
        );
        expect(parts.flatMap((part) => [...weightShapes(part)])).toEqual([...weightShapes(network)]);
      }),
    );
  });

  it('cuts at the last place before training where a single tensor is alive, and nowhere else', () => {
    assert(
      property(networks, ({ network, trainable }) => {
        const { layers } = network;
        const possible = layers
          .map((_, index) => index + 1)
          .filter((count) => count < layers.length)
          .filter((count) => !layers.slice(0, count).some((layer) => trainable.has(layer.name)))
          .filter((count) => String(liveTensors(network, count)) === layers[count - 1]!.name);
        const { prefix } = cutNetwork(network, trainable);
        expect(prefix?.layers.length ?? 0).toBe(possible.at(-1) ?? 0);
      }),
    );
  });
});
