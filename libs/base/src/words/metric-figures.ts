import { fixed } from '../fixed.ts';
import { percent, percentInterval, points, pointsInterval } from './figures.ts';
import { signed } from './format.ts';

/** A metric of a set of images, or the difference of two; null where it is not defined. */
interface Figure {
  readonly value: number | null;
  /** 95 % interval. */
  readonly ci95: readonly [number, number] | null;
}

/** `balanced_accuracy` as people say it. */
export function metricWords(metric: string): string {
  return metric.replaceAll('_', ' ');
}

/** A metric and its interval: in per cent, a loss in nats. `-` for none. */
export function metricFigures(metric: string, { value, ci95 }: Figure): [value: string, interval: string] {
  if (value === null) return ['-', '-'];
  if (metric !== 'loss') return [percent(value), percentInterval(ci95)];
  return [fixed(value, 3), ci95 ? `${fixed(ci95[0], 3)} to ${fixed(ci95[1], 3)}` : percentInterval(null)];
}

/** A difference of a metric and its interval: in percentage points, of a loss in nats. `-` for none. */
export function metricDifference(metric: string, { value, ci95 }: Figure): [value: string, interval: string] {
  if (value === null) return ['-', '-'];
  if (metric !== 'loss') return [points(value), pointsInterval(ci95)];
  return [signed(value, 3), ci95 ? `${signed(ci95[0], 3)} to ${signed(ci95[1], 3)}` : pointsInterval(null)];
}
