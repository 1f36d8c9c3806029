import { describe, expect, it } from 'vitest';
import { pathsThatVaryValidation } from '../src/data-paths.ts';

describe('the settings that give trials other validation images', () => {
  it.each([
    [[], []],
    [[{ 'split.strategy': 'keras' }], []],
    [[{ 'split.strategy': 'keras' }, { 'split.strategy': 'grouped' }], ['split.strategy']],
    [[{ 'split.seed': 1 }, { 'split.seed': 1 }], []],
    [[{ split: { seed: 1 } }, { split: { seed: 2 } }], ['split']],
    [[{ 'dataset.limit_per_class': 10 }, {}], ['dataset.limit_per_class']],
    [[{ 'dataset.resize': 'crop' }, { 'dataset.resize': 'pad' }], []],
    [[{ 'dataset.interpolation': 'nearest' }, { 'dataset.interpolation': 'bilinear' }], []],
    [[{ 'dataset.depth': 'uint8' }, { 'dataset.depth': 'auto' }], []],
    [[{ 'model.head_units': 1 }, { 'model.head_units': 2 }], []],
  ])('of %j are %j', (trials, paths) => {
    expect(pathsThatVaryValidation(trials.map((parameters) => ({ parameters })))).toEqual(paths);
  });
});
