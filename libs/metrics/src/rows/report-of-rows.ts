import type { PredictionRow } from '@thaw/experiment';
import { classificationReport, type ClassificationReport } from '../classification-report.ts';

/** scikit-learn's report of saved predictions. `classes` in the order that the report is to have. */
export function reportOfRows(
  rows: readonly PredictionRow[],
  classes: readonly string[],
): ClassificationReport {
  const index = new Map(classes.map((name, i) => [name, i]));
  return classificationReport(
    rows.map((row) => index.get(row.label) ?? -1),
    rows.map((row) => index.get(row.predicted) ?? -1),
    classes,
  );
}
