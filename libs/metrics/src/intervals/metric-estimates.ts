import type { MetricName } from '@thaw/experiment';
import { balancedAccuracyInfluences } from '../balanced-accuracy.ts';
import { calibrationErrorInfluences } from '../calibration/calibration-error.ts';
import { crossEntropy } from '../cross-entropy.ts';
import { macroAucInfluences } from '../macro-auc.ts';
import { macroF1Influences } from '../macro-f1.ts';
import { metrics } from '../metrics.ts';
import {
  clustersOf,
  groupTotals,
  predictedClasses,
  type Clusters,
  type Predictions,
} from '../predictions.ts';
import { classCounts, type Scored } from '../scored.ts';
import { groupedMean } from './grouped-mean.ts';
import { logInterval, logOddsInterval } from './log-odds-interval.ts';
import { unanimousInterval } from './unanimous-interval.ts';
import type { Interval } from './wilson.ts';

/** A metric of a set of images. */
export interface MetricEstimate {
  readonly metric: MetricName;
  /** Null where it is not defined. */
  readonly value: number | null;
  readonly ci95: Interval | null;
}

/** How far each image moves a metric, times the number of images. Accuracy has an interval of its own, `accuracyInterval`. */
const influences: Readonly<
  Record<Exclude<MetricName, 'accuracy'>, (scored: Scored, value: number) => Float64Array>
> = {
  loss: ({ labels, probabilities }, value) =>
    Float64Array.from(probabilities, (row, i) => crossEntropy([labels[i]!], [row]) - value),
  balanced_accuracy: balancedAccuracyInfluences,
  macro_f1: macroF1Influences,
  auc: macroAucInfluences,
  calibration_error: calibrationErrorInfluences,
};

/**
 * Every metric but accuracy, with 95 % intervals that take groups for what was drawn: Student's t from what each image adds to the
 * metric (its influence, which is the metric's linearisation) and how that varies between groups (`groupedMean`), on the log-odds,
 * or on the logarithm of the loss. A metric that is exactly 0 or 1 has the interval of a fraction that all images agree on, each class
 * counting alike (`unanimousInterval`). Null where there are fewer than two groups, and where nothing is seen to vary.
 *
 * Throws RangeError as `predictedClasses` does, and for a confidence outside [0, 1].
 * Source: Hampel (1974), The influence curve and its role in robust estimation, JASA 69; Efron (1982), The jackknife, the bootstrap and
 * other resampling plans, 6 (infinitesimal jackknife). Chosen by simulation: test/metric-estimates.test.ts.
 */
export function metricEstimates(predictions: Predictions): MetricEstimate[] {
  const { labels, probabilities } = predictions;
  const scored = { labels, probabilities, predicted: predictedClasses(predictions) };
  const clusters = clustersOf(predictions);
  return (Object.keys(influences) as (keyof typeof influences)[]).map((metric) => {
    const value = metrics[metric](scored);
    if (!Number.isFinite(value)) return { metric, value: null, ci95: null };
    return { metric, value, ci95: intervalOf(metric, value, scored, clusters) };
  });
}

/** Sums of influences that cancel out are not exactly 0. */
const rounding = 1e-9;

function intervalOf(
  metric: keyof typeof influences,
  value: number,
  scored: Scored,
  clusters: Clusters,
): Interval | null {
  if (clusters.count < 2) return null;
  if (metric !== 'loss' && (value === 0 || value === 1)) {
    return unanimousInterval(value, weightedTotals(metric, scored, clusters));
  }
  const moved = influences[metric](scored, value);
  const spread = groupedMean(groupTotals(clusters, (i) => moved[i]!));
  if (spread.deviation < rounding) return null;
  return (metric === 'loss' ? logInterval : logOddsInterval)({ ...spread, mean: value });
}

/** Groups that count as much as their images do for a metric: of a calibration error alike, of the others by class. */
function weightedTotals(metric: MetricName, scored: Scored, clusters: Clusters) {
  const { support } = classCounts(scored);
  const weightOf = (i: number) => (metric === 'calibration_error' ? 1 : 1 / support[scored.labels[i]!]!);
  return groupTotals(clusters, weightOf).map((group) => ({ ...group, size: group.sum }));
}
