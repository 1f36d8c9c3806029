import { describe, expect, it, test } from 'vitest';
import type { TrialState } from '@thaw/experiment';
import { GridSampler, type SearchSpace, type Trial } from '../src/index.ts';

function trial(number: number, parameters: Trial['parameters'], state: TrialState = 'finished'): Trial {
  return { number, parameters, state, value: state === 'finished' ? 0.5 : null };
}

function allOf(space: SearchSpace): Trial['parameters'][] {
  const sampler = new GridSampler(space);
  const trials: Trial[] = [];
  for (let next = sampler.ask(trials); next !== null; next = sampler.ask(trials)) {
    trials.push(trial(trials.length, next));
  }
  return trials.map(({ parameters }) => parameters);
}

describe('GridSampler', () => {
  it('lets the first parameter vary slowest', () => {
    const space = {
      'model.scenario': { values: ['feature_extraction', 'partial_unfreeze'] },
      augmentation: { values: [false, true] },
      'model.head_units': { values: [64, 128] },
    };
    expect(allOf(space).map((point) => Object.values(point))).toEqual([
      ['feature_extraction', false, 64],
      ['feature_extraction', false, 128],
      ['feature_extraction', true, 64],
      ['feature_extraction', true, 128],
      ['partial_unfreeze', false, 64],
      ['partial_unfreeze', false, 128],
      ['partial_unfreeze', true, 64],
      ['partial_unfreeze', true, 128],
    ]);
  });

  test.each<[string, unknown[], unknown[]]>([
    ['numbers', [64, 128, 64], [64, 128]],
    ['the first of several stays in its place', [3, 1, 3, 2, 1], [3, 1, 2]],
    [
      'objects whose keys are in another order',
      [
        { a: 1, b: [2] },
        { b: [2], a: 1 },
      ],
      [{ a: 1, b: [2] }],
    ],
    ['nested objects', [{ a: { c: 1, d: 2 } }, { a: { d: 2, c: 1 } }], [{ a: { c: 1, d: 2 } }]],
  ])('counts duplicates once: %s', (_, values, expected) => {
    expect(allOf({ augmentation: { values } }).map((point) => point.augmentation)).toEqual(expected);
  });

  test.each<[string, unknown[]]>([
    ['a number and its text', [1, '1']],
    ['false, null, 0, an empty text, list and object', [false, null, 0, '', [], {}]],
    [
      'arrays in another order',
      [
        [0.9, 1.1],
        [1.1, 0.9],
      ],
    ],
    ['objects with another value', [{ rotation_range: 10 }, { rotation_range: 20 }]],
    ['an object and one with more in it', [{ a: 1 }, { a: 1, b: 2 }]],
  ])('tells apart %s', (_, values) => {
    expect(allOf({ augmentation: { values } }).map((point) => point.augmentation)).toEqual(values);
  });

  test.each<[TrialState, number]>([
    ['finished', 2],
    ['running', 2],
    ['failed', 2],
    ['pruned', 2],
    ['interrupted', 1],
  ])('after a trial that is %s goes on with value %i', (state, expected) => {
    const sampler = new GridSampler({ 'training.seed': { values: [1, 2] } });
    expect(sampler.ask([trial(0, { 'training.seed': 1 }, state)])).toEqual({ 'training.seed': expected });
  });

  it('does not repeat a point that was interrupted and then done', () => {
    const sampler = new GridSampler({ 'training.seed': { values: [1, 2] } });
    const point = { 'training.seed': 1 };
    const done = trial(1, point);
    const interrupted = trial(0, point, 'interrupted');
    expect(sampler.ask([interrupted, done])).toEqual({ 'training.seed': 2 });
    expect(sampler.ask([done, interrupted])).toEqual({ 'training.seed': 2 });
  });

  it('knows a point again whose parameters are stored in another order', () => {
    const sampler = new GridSampler({ a: { values: [{ x: 1, y: 2 }] }, b: { values: [1, 2] } });
    const stored = trial(0, { b: 1, a: { y: 2, x: 1 } });
    expect(sampler.ask([stored])).toEqual({ a: { x: 1, y: 2 }, b: 2 });
  });

  it('takes no notice of trials outside its grid', () => {
    const sampler = new GridSampler({ a: { values: [1] } });
    expect(sampler.ask([trial(0, { a: 2 }), trial(1, { a: 1, b: 1 }), trial(2, {})])).toEqual({ a: 1 });
  });

  it('has one point without parameters, and none with a parameter without values', () => {
    expect(allOf({})).toEqual([{}]);
    expect(allOf({ a: { values: [1, 2] }, b: { values: [] } })).toEqual([]);
  });

  it('answers at once on a grid of a million million points', () => {
    const values = Array.from({ length: 100 }, (_, i) => i);
    const space = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((path) => [path, { values }]));
    const first = { a: 0, b: 0, c: 0, d: 0, e: 0, f: 0 };
    expect(new GridSampler(space).ask([trial(0, first)])).toEqual({ ...first, f: 1 });
  });
});
