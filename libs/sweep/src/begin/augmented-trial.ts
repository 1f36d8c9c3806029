import { UserError } from '@thaw/base';
import { applyParameters, type AnyExperiment, type Augmentation, type Settings } from '@thaw/experiment';
import { samplePoints } from './sample-points.ts';

export type AugmentedSettings = Settings & { readonly augmentation: Augmentation };

/** The settings of the first trial of an experiment that augments its images. Throws UserError where none does. */
export function augmentedTrial(experiment: AnyExperiment): AugmentedSettings {
  if ('program' in experiment) {
    throw new UserError('program: its trials run a program of your own, and only that knows its images');
  }
  for (const point of samplePoints(experiment, (path) => path === 'augmentation')) {
    const settings = applyParameters(experiment, point);
    const { augmentation } = settings;
    if (augmentation !== null) return { ...settings, augmentation };
  }
  throw new UserError(
    'augmentation: found false, so that images are shown as they are; allowed here: true, or its settings',
  );
}
