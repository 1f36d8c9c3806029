import { UserError } from '@thaw/base';
import { applyParameters, type AnyExperiment } from '@thaw/experiment';
import type { AugmentedSettings } from '@thaw/training';
import { samplePoints } from './sample-points.ts';

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
