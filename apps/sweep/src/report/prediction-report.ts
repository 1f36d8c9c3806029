import type { PredictionRow } from '@thaw/experiment';
import { classificationReport, type ClassificationReport } from '@thaw/metrics';
import type { RunRecord, Store } from '@thaw/tracking';
import { classTable } from './class-table.ts';

export interface RunReport {
  readonly validation: ClassificationReport;
  readonly test: ClassificationReport;
}

/** scikit-learn's report of saved predictions. `classes` in the order that the report is to have. */
export function predictionReport(
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

/** The reports of a finished run on both parts, from its saved predictions; null for runs that did not come so far. */
export async function runReport(
  store: Pick<Store, 'predictions'>,
  run: Pick<RunRecord, 'id' | 'classes' | 'state'>,
): Promise<RunReport | null> {
  if (run.state !== 'finished' || !run.classes) return null;
  const [validation, test] = await Promise.all([
    store.predictions(run.id, 'validation'),
    store.predictions(run.id, 'test'),
  ]);
  return {
    validation: predictionReport(validation, run.classes),
    test: predictionReport(test, run.classes),
  };
}

/** The report of both parts side by side, with its heading. */
export function runReportText(report: RunReport, columns: number | null): string {
  const table = classTable(report.validation, report.test, { columns });
  return `Per class on validation and test images:\n${table}`;
}
