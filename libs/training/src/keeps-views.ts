import { sizeOf } from '@thaw/compute';
import type { Dataset } from '@thaw/data';
import type { Settings } from '@thaw/experiment';
import { buildModel, cutNetwork } from '@thaw/model';
import { mixes } from './mixing.ts';
import { imagesIn } from './sources/view.ts';
import { rowsLimit, worthKeeping } from './worth-keeping.ts';

/**
 * Whether what frozen layers make of a trial's augmented views is kept on disk, where further trials find it that have the same views:
 * the same augmentation, seed and frozen layers.
 */
export function keepsViews(settings: Settings, dataset: Dataset): boolean {
  const { augmentation, model } = settings;
  if (!augmentation || mixes(augmentation)) return false;
  const { network, trainable } = buildModel(model, dataset.classes.length);
  const { prefix, suffix } = cutNetwork(network, trainable);
  if (!prefix) return false;
  const rows = {
    rowLength: sizeOf(suffix.input.shape),
    imageLength: model.image_size * model.image_size * 3,
    images: imagesIn(settings, dataset),
    augmented: true,
  };
  return worthKeeping(rows, rowsLimit());
}
