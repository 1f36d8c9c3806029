import type { Tensor } from '@thaw/compute';
import type { ImageFile } from '@thaw/data';
import { metricNames, type MetricName } from '@thaw/experiment';
import { evaluate } from '@thaw/metrics';

/** The metrics of probabilities, a row an image. */
export function score(images: readonly ImageFile[], probabilities: readonly Float32Array[]) {
  return evaluate(
    images.map((image) => image.label),
    probabilities,
  );
}

/** Of no images. */
export const noFigures = Object.fromEntries(metricNames.map((name) => [name, Number.NaN])) as Readonly<
  Record<MetricName, number>
>;

/** A [rows, columns] tensor as its rows. */
export function rowsOf({ shape, data }: Tensor): Float32Array[] {
  const [rows, columns] = shape as [number, number];
  return Array.from({ length: rows }, (_, i) => data.subarray(i * columns, (i + 1) * columns));
}
