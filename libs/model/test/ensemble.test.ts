import { Random } from '@thaw/base';
import type { Network } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { describe, expect, it } from 'vitest';
import {
  buildModel,
  cutNetwork,
  ensembleOf,
  initializeWeights,
  outputShapes,
  weightShapes,
} from '../src/index.ts';

const { model } = settingsSchema.parse({ model: { alpha: 0.35, image_size: 32, head_units: 4 } });

function drawn(network: Network, seed: number) {
  const names = network.layers.map(({ name }) => name);
  return initializeWeights(network, new Random(seed), names);
}

describe('ensembleOf', () => {
  it.each([
    ['feature_extraction', 2],
    ['partial_unfreeze', 3],
    ['from_scratch', 2],
  ] as const)('keeps the frozen front of %s once and each of %i members', (scenario, count) => {
    const { exported, trainable } = buildModel({ ...model, scenario }, 3);
    const cut = cutNetwork(exported, trainable);
    const frozen = cut.prefix ? drawn(cut.prefix, 0) : new Map();
    const members = Array.from({ length: count }, (_, i) => drawn(cut.suffix, i + 1));
    const { network, weights } = ensembleOf(cut, frozen, members);
    const shapes = weightShapes(network);
    expect([...shapes.keys()].sort()).toEqual([...weights.keys()].sort());
    for (const [name, shape] of shapes) expect(weights.get(name)!.shape, name).toEqual(shape);
    const front = cut.prefix ? weightShapes(cut.prefix).size : 0;
    expect(weights.size).toBe(front + count * weightShapes(cut.suffix).size);
    expect(network.input).toEqual(exported.input);
    expect(network.layers.at(-1)).toMatchObject({ type: 'Average' });
    expect(outputShapes(network).get(network.layers.at(-1)!.name)).toEqual([3]);
    expect(new Set(network.layers.map(({ name }) => name)).size).toBe(network.layers.length);
  });

  it('of one member is its network, and of none nothing', () => {
    const { exported, trainable } = buildModel(model, 3);
    const cut = cutNetwork(exported, trainable);
    const { network, weights } = ensembleOf(cut, drawn(cut.prefix!, 0), [drawn(cut.suffix, 1)]);
    expect(network).toEqual(exported);
    expect([...weights.keys()]).toEqual([...weightShapes(exported).keys()]);
    expect(() => ensembleOf(cut, new Map(), [])).toThrow(RangeError);
  });
});
