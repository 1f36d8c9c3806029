import { settingsSchema, type EpochRecord } from '@thaw/experiment';
import { buildModel } from '@thaw/model';
import { expect, test } from 'vitest';
import { optimizerOf } from '../src/optimizer-of.ts';
import { phaseLengths, phaseOf } from '../src/phases.ts';

const layers = {
  trainable: new Set(['Conv_1', 'dense', 'predictions']),
  headLayers: ['dense', 'predictions'],
  depths: new Map([['Conv_1', 1]]),
};
const lossesOf = (...losses: number[]) => losses.map((val_loss) => ({ val_loss }) as EpochRecord);

function settingsOf(training: object, scenario = 'full_fine_tune') {
  return settingsSchema.parse({
    model: { scenario },
    training: { epochs: 4, learning_rate: 0.1, ...training },
  });
}

const rates = (training: object, epoch: number, records: EpochRecord[] = []) =>
  [0, 1].map(phaseOf(epoch, settingsOf(training), layers, records).rates(2));

test('without warm_head, and for scenarios that train nothing but the head anyway, everything trains from the first epoch', () => {
  for (const settings of [
    settingsOf({}),
    settingsOf({ warm_head: false }),
    settingsOf({ warm_head: { epochs: 0 } }),
    settingsOf({ warm_head: { epochs: 2 } }, 'from_scratch'),
  ]) {
    expect(phaseOf(1, settings, layers, []).trainable).toBe(layers.trainable);
  }
});

test('the head trains alone for its epochs, at its own rate or that of training', () => {
  const trained = [1, 2, 3].map((epoch) => [
    ...phaseOf(epoch, settingsOf({ warm_head: { epochs: 2 } }), layers, []).trainable,
  ]);
  expect(trained).toEqual([layers.headLayers, layers.headLayers, [...layers.trainable]]);
  expect(rates({ warm_head: { epochs: 2 } }, 2)).toEqual([0.1, 0.1]);
  expect(rates({ warm_head: { epochs: 2, learning_rate: 0.5 } }, 2)).toEqual([0.5, 0.5]);
  expect(rates({ warm_head: { epochs: 2, learning_rate: 0.5 } }, 3)).toEqual([0.1, 0.1]);
});

test('schedules begin with the epochs that train everything, and see no epoch before', () => {
  const words = { warm_head: { epochs: 2 }, learning_rate_schedule: 'cosine' };
  expect(rates(words, 1)).toEqual([0.1, 0.1]);
  const [first, second] = rates(words, 3);
  expect(first).toBe(0.1);
  expect(second).toBeCloseTo(0.05 * (1 + Math.cos(Math.PI / 4)), 12);
  const plateau = { type: 'reduce_on_plateau', patience: 1, factor: 0.5 };
  const waiting = { warm_head: { epochs: 2 }, learning_rate_schedule: plateau };
  expect(rates(waiting, 4, lossesOf(0.1, 0.2, 0.5))).toEqual([0.1, 0.1]);
});

test('blocks train one after the other from the head down, after its own epochs, in what the scenario trains', () => {
  const { trainable, headLayers, depths } = buildModel(settingsOf({}).model, 4);
  const deepestOf = (epoch: number, training: object) => {
    const { trainable: now } = phaseOf(epoch, settingsOf(training), { trainable, headLayers, depths }, []);
    expect(headLayers.every((layer) => now.has(layer))).toBe(true);
    return Math.max(0, ...[...now].map((layer) => depths.get(layer) ?? 0));
  };
  const epochs = [1, 2, 3, 4, 5, 6];
  const deepest = (training: object) => epochs.map((epoch) => deepestOf(epoch, { epochs: 6, ...training }));
  expect(deepest({ gradual_unfreezing: {} })).toEqual([1, 2, 3, 4, 5, 6]);
  expect(deepest({ gradual_unfreezing: { epochs: 2, blocks: 3 } })).toEqual([3, 3, 6, 6, 9, 9]);
  expect(deepest({ gradual_unfreezing: { blocks: 7 }, warm_head: { epochs: 2 } })).toEqual([
    0, 0, 7, 14, 19, 19,
  ]);
  expect(deepest({ gradual_unfreezing: false })).toEqual([19, 19, 19, 19, 19, 19]);
});

test('a phase is as long as the same layers train', () => {
  const model = buildModel(settingsOf({}).model, 4);
  const lengths = (training: object) => phaseLengths(settingsOf({ epochs: 6, ...training }), model);
  expect(lengths({})).toEqual([6]);
  expect(lengths({ warm_head: { epochs: 2 } })).toEqual([2, 4]);
  expect(lengths({ gradual_unfreezing: { epochs: 2, blocks: 10 } })).toEqual([2, 4]);
  expect(lengths({ warm_head: {}, gradual_unfreezing: { epochs: 3, blocks: 1 } })).toEqual([1, 3, 2]);
});

test('the deeper a block lies below the head the slower it moves, by layer_decay for each', () => {
  const settings = settingsOf({ layer_decay: 0.5, backbone_learning_rate_factor: 0.1 });
  const factors = optimizerOf(settings, buildModel(settings.model, 4)).update!.learningRateFactors!;
  expect(factors.get('Conv_1')).toBeCloseTo(0.05, 12);
  expect(factors.get('block_16_project')).toBeCloseTo(0.025, 12);
  expect(factors.get('Conv1')).toBeCloseTo(0.1 * 0.5 ** 19, 12);
  expect(factors.has('predictions')).toBe(false);
  const scratch = settingsOf({ layer_decay: 0.5 }, 'from_scratch');
  expect(optimizerOf(scratch, buildModel(scratch.model, 4)).update!.learningRateFactors).toBeUndefined();
});
