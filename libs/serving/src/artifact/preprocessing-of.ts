import type { Network } from '@thaw/compute';
import type { Settings } from '@thaw/experiment';
import { backboneOf } from '@thaw/model';
import type { Preprocessing } from './preprocessing.ts';

/**
 * What a trial did with its images, augmentation aside. `network` is the whole one, `depth` what the run scaled values
 * of more than eight bits by.
 */
export function preprocessingOf(
  { model, dataset, evaluation }: Pick<Settings, 'model' | 'dataset' | 'evaluation'>,
  { input, layers }: Network,
  depth: Preprocessing['depth'] | null = null,
): Preprocessing {
  const { channels, ...normalize } = backboneOf(model).scaling;
  const side = model.image_size;
  const [layer] = layers.filter(({ type }) => type === 'OnnxGraph');
  const batch = layer?.type === 'OnnxGraph' ? layer.graph.batch : null;
  const fit = dataset.resize ?? 'stretch';
  const views = evaluation?.test_time_augmentation ?? 'none';
  return {
    format: 1,
    input: {
      ...{ name: input.name, height: side, width: side, channels, layout: 'NHWC', dtype: 'float32' },
      ...(batch !== null && { batch }),
    },
    ...(layer && { tensorflow_js: 'head' }),
    ...(depth && { depth }),
    resize: {
      interpolation: dataset.interpolation,
      library: 'Pillow',
      ...(fit !== 'stretch' && { resize: fit }),
    },
    normalize,
    ...(views !== 'none' && { test_time_augmentation: views }),
  };
}
