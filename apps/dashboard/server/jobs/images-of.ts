import { resolve } from 'node:path';
import type { AnyExperiment } from '@thaw/experiment';

/** The folder that an experiment reads its images from, absolute, and how; null where it draws them or runs another program. */
export function imagesOf(experiment: AnyExperiment, directory: string) {
  if ('program' in experiment || !('path' in experiment.settings.dataset)) return null;
  const { settings } = experiment;
  const { dataset } = experiment.settings;
  return { settings, images: { ...dataset, path: resolve(directory, dataset.path) } };
}
