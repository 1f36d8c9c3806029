import type { Settings } from '@thaw/experiment';
import type { ResizeOptions } from './resize/resize-image.ts';

/** How images are brought to a network's size. */
export interface Resizing extends ResizeOptions {
  /** Pixels of each side. */
  readonly size: number;
}

/** That of a trial; what is usual is left out, so that what was kept by it is found. */
export function resizingOf({
  model,
  dataset: { interpolation, resize = 'stretch' },
}: Pick<Settings, 'model' | 'dataset'>): Resizing {
  return { size: model.image_size, interpolation, ...(resize !== 'stretch' && { resize }) };
}
