export { accuracy } from './accuracy.ts';
export { argmax } from './argmax.ts';
export { classificationReport } from './classification-report.ts';
export type { ClassificationReport, ClassScores, Scores } from './classification-report.ts';
export { confusionMatrix } from './confusion-matrix.ts';
export { crossEntropy } from './cross-entropy.ts';
export { evaluate, metrics } from './metrics.ts';
export { metricEstimates, type MetricEstimate } from './intervals/metric-estimates.ts';
export { accuracyInterval } from './accuracy-interval.ts';
export { brierScore } from './calibration/brier-score.ts';
export { calibration } from './calibration/calibration.ts';
export type { Calibration, ReliabilityBin } from './calibration/calibration.ts';
export { negativeLogLikelihood } from './calibration/negative-log-likelihood.ts';
export { gapOfReports, resultsOfReport } from './gap/gap-of-reports.ts';
export { generalisationGap, sideResults } from './gap/generalisation-gap.ts';
export type {
  ClassGapFigures,
  ClassSideFigures,
  GapFigures,
  SideFigures,
  SideResults,
} from './gap/generalisation-gap.ts';
export type { MetricGap } from './gap/metric-gaps.ts';
export { confidentMistakes } from './gap/mistakes.ts';
export type { Mistake } from './gap/mistakes.ts';
export { clusterInterval } from './intervals/cluster-interval.ts';
export { difference } from './intervals/difference.ts';
export { combination } from './intervals/difference.ts';
export type { Estimate, Term } from './intervals/difference.ts';
export { fewestGroups } from './intervals/fewest-groups.ts';
export { wilsonInterval } from './intervals/wilson.ts';
export type { Interval } from './intervals/wilson.ts';
export { clustersOf, groupTotals, predictedClasses } from './predictions.ts';
export type { Clusters, Predictions } from './predictions.ts';
export { logMe, type LogMe } from './features/log-me.ts';
export {
  nearestNeighbourProbe,
  type NeighbourProbe,
  type ProbeScore,
} from './features/nearest-neighbour-probe.ts';
export { sampleAcrossGroups } from './features/sample-across-groups.ts';
export { logisticRegression, type LogisticRegression } from './logistic-regression.ts';
export { rocAuc } from './roc-auc.ts';
export { domainShift, type ClassShift, type DomainShift, type FeatureSet } from './shift/domain-shift.ts';
export { pairedDifference } from './intervals/paired-difference.ts';
export type { GroupTotals } from './intervals/grouped-mean.ts';
export { groupMetrics, type GroupMetric } from './selection/group-scores.ts';
export { forecast } from './selection/forecast.ts';
export type { Forecast } from './selection/forecast.ts';
export { winShares } from './selection/win-shares.ts';
export { learningCurve } from './learning-curve/learning-curve.ts';
export type { LearningCurve } from './learning-curve/learning-curve.ts';
export { errorAt, fitPowerLaw, type PowerLaw } from './learning-curve/power-law.ts';
export { selectionOptimism } from './selection/selection-optimism.ts';
export type { SelectionOptimism } from './selection/selection-optimism.ts';
export { pairedComparisons } from './significance/paired-comparisons.ts';
export type { PairedComparison } from './significance/paired-comparisons.ts';
export { holmCorrection } from './significance/holm.ts';
export { signFlipTest } from './significance/sign-flip-test.ts';
export { significanceLevel } from './significance/significance-level.ts';
export { explainGap, gapPartDefinitions } from './gap/explain-gap.ts';
export type { ExplainedPart, GapEvidence, GapExplanation, HonestGap } from './gap/explain-gap.ts';
export { sharesEffect, type SharesEffect } from './gap/shares-effect.ts';
export { choose, testTwins, type TestTwins } from './gap/without-twins.ts';
export { asPredictions } from './rows/as-predictions.ts';
export { reportOfRows } from './rows/report-of-rows.ts';
export { imagesDiffer, inOrderOf } from './rows/same-images.ts';
export { nearestNeighbours, type Neighbours } from './embedding/nearest-neighbours.ts';
export { neighbourGraph, type NeighbourGraph } from './embedding/neighbour-graph.ts';
export { principalComponents, type PrincipalComponents } from './embedding/principal-components.ts';
export { umap, type UmapOptions } from './embedding/umap.ts';
