export { accuracy } from './accuracy.ts';
export { argmax } from './argmax.ts';
export { classificationReport } from './classification-report.ts';
export type { ClassificationReport, ClassScores, Scores } from './classification-report.ts';
export { confusionMatrix } from './confusion-matrix.ts';
export { crossEntropy } from './cross-entropy.ts';
export { evaluate, metricGoal, metrics } from './metrics.ts';
export type { MetricName } from './metrics.ts';
