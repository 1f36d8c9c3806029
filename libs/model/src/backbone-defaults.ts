import type { ModelSettings } from '@thaw/experiment';
import { backboneOf } from './backbone-of.ts';

/** Settings whose usual value the backbone has, as it is where they are left out. */
export function withBackboneDefaults(settings: ModelSettings) {
  const { unfreezeFrom, batchNormMomentum } = backboneOf(settings);
  const { unfreeze_from = unfreezeFrom, batch_norm_momentum = batchNormMomentum } = settings;
  return { ...settings, unfreeze_from, batch_norm_momentum };
}
