import { Random } from '@thaw/base';
import { tensor } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { describe, expect, it } from 'vitest';
import { backbones } from '../src/backbones.ts';
import { buildModel } from '../src/build-model.ts';
import { initializeWeights } from '../src/initialize-weights.ts';
import { batchNormNote, hasFoldedBatchNorm, withBatchNorm } from '../src/weights/folded-batch-norm.ts';
import { loadBackboneWeights } from '../src/weights/load-backbone-weights.ts';

const network = backbones.mobilenet_v2.network({ alpha: 0.35, imageSize: 32 });
const names = network.layers.map(({ name }) => name);
const fresh = initializeWeights(network, new Random(1), names);

/** As Keras's file of alpha 1.0 has them: gamma 1, mean 0 and one variance, 0.999. */
function folded() {
  const weights = new Map(fresh);
  for (const [key, { shape }] of fresh) {
    if (!key.endsWith('/moving_variance')) continue;
    const variance = tensor([...shape]);
    variance.data.fill(0.999);
    weights.set(key, variance);
  }
  return weights;
}

const modelOf = (model: object) =>
  settingsSchema.parse({ model: { alpha: 0.35, image_size: 32, ...model } }).model;
const trains = (model: object, isFolded: boolean) =>
  buildModel(withBatchNorm(modelOf(model), isFolded), 4).trainable.has('block_16_project_BN');

describe('batch normalisation that is folded into the convolutions', () => {
  it('is told from that of trained networks and of fresh ones', () => {
    expect(hasFoldedBatchNorm(network, folded())).toBe(true);
    expect(hasFoldedBatchNorm(network, fresh)).toBe(false);
    const trained = folded();
    const mean = tensor([...trained.get('bn_Conv1/moving_mean')!.shape]);
    mean.data[3] = 0.2;
    trained.set('bn_Conv1/moving_mean', mean);
    expect(hasFoldedBatchNorm(network, trained)).toBe(false);
    expect(hasFoldedBatchNorm(network, new Map())).toBe(false);
  });

  it('is not what the weights that come with the install have', async () => {
    const settings = settingsSchema.parse({ model: { weights: 'bundled', image_size: 96 } }).model;
    const whole = backbones.mobilenet_v2.network({ alpha: 1, imageSize: 96 });
    const { isFolded } = await loadBackboneWeights(settings, whole, { cacheDir: '/nowhere', seed: 1 });
    expect(isFolded).toBe(false);
  });

  it('stays frozen unless somebody says otherwise; other batch normalisation trains, as in Keras', () => {
    expect(trains({ scenario: 'full_fine_tune' }, true)).toBe(false);
    expect(trains({ scenario: 'full_fine_tune' }, false)).toBe(true);
    expect(trains({ scenario: 'full_fine_tune', batch_norm: 'trainable' }, true)).toBe(true);
    expect(trains({ scenario: 'full_fine_tune', batch_norm: 'frozen' }, false)).toBe(false);
    expect(trains({ scenario: 'from_scratch' }, false)).toBe(true);
  });

  it('is told where it matters', () => {
    const note = (model: object) => batchNormNote(modelOf({ weights: 'w.h5', ...model }), true);
    expect(note({ scenario: 'partial_unfreeze' })).toBe(
      'w.h5 has its batch normalisation folded in: it stays frozen (model.batch_norm)',
    );
    expect(note({ scenario: 'full_fine_tune', batch_norm_momentum: 0.9 })).toBe(
      'w.h5 has its batch normalisation folded in: it stays frozen (model.batch_norm), and nothing reads model.batch_norm_momentum',
    );
    expect(note({ scenario: 'full_fine_tune', batch_norm: 'trainable' })).toContain('will fall to chance');
    expect(note({ scenario: 'full_fine_tune', batch_norm: 'frozen' })).toBeNull();
    expect(note({ scenario: 'feature_extraction' })).toBeNull();
    expect(batchNormNote(modelOf({ scenario: 'full_fine_tune' }), false)).toBeNull();
  });
});
