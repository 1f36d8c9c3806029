import type { Settings } from '@thaw/experiment';
import { backboneOf } from '@thaw/model';
import type { Preprocessing } from './preprocessing.ts';

/**
 * What a trial did with its images, augmentation aside. `input` is the name of the network's input, `depth` what the run scaled values
 * of more than eight bits by.
 */
export function preprocessingOf(
  { model, dataset, evaluation }: Pick<Settings, 'model' | 'dataset' | 'evaluation'>,
  input: string,
  depth: Preprocessing['depth'] | null = null,
): Preprocessing {
  const side = model.image_size;
  const fit = dataset.resize ?? 'stretch';
  const views = evaluation?.test_time_augmentation ?? 'none';
  return {
    format: 1,
    input: { name: input, height: side, width: side, channels: 'RGB', layout: 'NHWC', dtype: 'float32' },
    ...(depth && { depth }),
    resize: {
      interpolation: dataset.interpolation,
      library: 'Pillow',
      ...(fit !== 'stretch' && { resize: fit }),
    },
    normalize: backboneOf(model).scaling,
    ...(views !== 'none' && { test_time_augmentation: views }),
  };
}
