import { settingsSchema } from '@thaw/experiment';
import { describe, expect, it } from 'vitest';
import { TrialOrder, type AskedTrial } from '../src/trial-order.ts';
import { job } from './support/fixtures.ts';

const frozen = { scenario: 'feature_extraction' };
const partial = { scenario: 'partial_unfreeze' };
const full = { scenario: 'full_fine_tune' };

function order(trials: readonly object[], lookAhead = 64) {
  const asked = trials.map((given, number): AskedTrial => {
    return {
      trial: { number, parameters: {}, state: 'running', value: null, reports: [] },
      job: { ...job(number), settings: settingsSchema.parse(given) },
      earlier: null,
    };
  });
  const made = new TrialOrder(() => asked.shift() ?? null, lookAhead);
  return { made, next: () => made.next()?.trial.number ?? null };
}

describe('the order of trials', () => {
  it('puts trials aside that need what another computes, and begins them once it is there', () => {
    const { made, next } = order([
      { model: { ...frozen, head_units: 32 } },
      { model: { ...frozen, head_units: 64, head_dropout: 0.5 } },
      { model: partial },
      { model: { ...frozen, head_units: 128 } },
      { model: full },
    ]);
    expect([next(), next(), next()]).toEqual([0, 2, 4]);
    made.trains(0);
    expect([next(), next(), next()]).toEqual([1, 3, null]);
  });

  it('begins a waiting trial after all where there is nothing else to do', () => {
    const { next } = order([{ model: frozen }, { model: frozen }, { model: frozen }]);
    expect([next(), next(), next(), next()]).toEqual([0, 1, 2, null]);
  });

  it('lets trials with the same augmentation follow one another: each epoch has views of its own', () => {
    const { made, next } = order([
      { model: frozen, augmentation: true },
      { model: frozen, augmentation: true },
      { model: frozen, augmentation: { horizontal_flip: true } },
      { model: frozen, augmentation: true, training: { seed: 2 } },
    ]);
    expect(next()).toBe(0);
    made.trains(0);
    expect(next()).toBe(2);
    made.trains(2);
    expect(next()).toBe(3);
    made.ended(0);
    expect(next()).toBe(1);
  });

  it('lets nothing wait where no two trials share a frozen part', () => {
    const seeds = [1, 2].map((seed) => ({ model: { ...frozen, weights: 'random' }, training: { seed } }));
    const { next } = order([
      ...seeds,
      { model: full },
      { model: full },
      { model: { ...frozen, alpha: 0.35 } },
    ]);
    expect([next(), next(), next(), next(), next()]).toEqual([0, 1, 2, 3, 4]);
  });

  it('asks only so far ahead', () => {
    const { next } = order([{ model: frozen }, { model: frozen }, { model: frozen }, { model: full }], 1);
    expect([next(), next()]).toEqual([0, 1]);
  });

  it('keeps the order of the sampler with one worker', () => {
    const { made, next } = order([{ model: frozen }, { model: full }, { model: frozen }], 0);
    for (const number of [0, 1, 2]) {
      expect(next()).toBe(number);
      made.ended(number);
    }
  });
});
