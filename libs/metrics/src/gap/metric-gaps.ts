import type { MetricName } from '@thaw/experiment';
import { difference } from '../intervals/difference.ts';
import type { MetricEstimate } from '../intervals/metric-estimates.ts';

/** One metric on both sides, and validation minus test. Null where a side has none, as an AUC without images of some class. */
export interface MetricGap {
  readonly metric: MetricName;
  readonly validation: Omit<MetricEstimate, 'metric'>;
  readonly test: Omit<MetricEstimate, 'metric'>;
  readonly gap: Omit<MetricEstimate, 'metric'>;
}

/** Each metric of both sides, which have the same in the same order; the sides are taken as independent (`difference`). */
export function metricGaps(
  validation: readonly MetricEstimate[],
  test: readonly MetricEstimate[],
): MetricGap[] {
  return validation.map(({ metric, value, ci95 }, i) => {
    const sides = { validation: { value, ci95 }, test: { value: test[i]!.value, ci95: test[i]!.ci95 } };
    return { metric, ...sides, gap: metricGap(sides.validation, sides.test) };
  });
}

function metricGap(validation: MetricGap['validation'], test: MetricGap['test']): MetricGap['gap'] {
  if (validation.value === null || test.value === null) return { value: null, ci95: null };
  return difference({ ...validation, value: validation.value }, { ...test, value: test.value });
}
