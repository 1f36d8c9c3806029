import { expect, test } from 'vitest';
import { settingsSchema } from '../src/index.ts';

/**
 * Checkpoints are known by all settings of their trial, those that the backbone decides as they were resolved: a setting more, even with its usual value, or
 * in another place would orphan those of earlier versions.
 */
test('settings that name none of the newer words are written as they were before there were these words', () => {
  const { model: written, training } = settingsSchema.parse({});
  const resolved = {
    unfreeze_from: 'block_14',
    batch_norm: 'trainable',
    batch_norm_momentum: 0.999,
  } as const;
  for (const key of Object.keys(resolved)) expect(written).not.toHaveProperty(key);
  const model = settingsSchema.shape.model.parse({ ...written, ...resolved });
  expect(Object.keys(model)).toEqual([
    ...['backbone', 'alpha', 'image_size', 'weights', 'scenario', 'unfreeze_from'],
    ...['batch_norm', 'batch_norm_momentum', 'head_units'],
  ]);
  expect(Object.keys(training)).toEqual([
    ...[
      'epochs',
      'batch_size',
      'optimizer',
      'learning_rate',
      'momentum',
      'nesterov',
      'early_stopping',
      'seed',
    ],
  ]);
});
