import type { Tensor } from '@thaw/compute';
import { symmetriesOf, viewBySymmetry } from '@thaw/data/browser';
import type { Preprocessing } from './preprocessing.ts';

/** The views of a model's inputs [images, size, size, 3] of which its probabilities are the mean; the first are the inputs themselves. */
export function inputViews(
  inputs: Tensor,
  { test_time_augmentation }: Pick<Preprocessing, 'test_time_augmentation'>,
): Tensor[] {
  const [images, size] = inputs.shape as [number, number];
  const length = inputs.data.length / images;
  return symmetriesOf[test_time_augmentation ?? 'none'].map((symmetry) => {
    if (symmetry === 0) return inputs;
    const data = new Float32Array(inputs.data.length);
    for (let from = 0; from < data.length; from += length) {
      data.set(viewBySymmetry(inputs.data.subarray(from, from + length), size, symmetry), from);
    }
    return { shape: inputs.shape, data };
  });
}

/** The mean of what was said of each view: values of equal length. */
export function meanOfViews(views: readonly Float32Array[]): Float32Array {
  if (views.length === 1) return views[0]!;
  return views[0]!.map((_, i) => views.reduce((sum, values) => sum + values[i]!, 0) / views.length);
}
