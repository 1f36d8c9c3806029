import { reportOfRows, type ClassificationReport } from '@thaw/metrics';
import type { PredictedSplit, RunRecord, RunStore } from '@thaw/tracking';
import { classTable } from './class-table.ts';

export interface RunReport {
  readonly validation: ClassificationReport;
  readonly test: ClassificationReport;
}

/** The reports of a finished or pruned run on both parts, from its saved predictions or as they were imported; null for runs that did not come so far. */
export async function runReport(
  store: Pick<RunStore, 'predictions'>,
  { id, classes, state, imported }: Pick<RunRecord, 'id' | 'classes' | 'state' | 'imported'>,
): Promise<RunReport | null> {
  if ((state !== 'finished' && state !== 'pruned') || !classes) return null;
  const reportOf = async (part: PredictedSplit) =>
    imported?.reports[part] ?? reportOfRows(await store.predictions(id, part), classes);
  const [validation, test] = await Promise.all([reportOf('validation'), reportOf('test')]);
  return { validation, test };
}

/** The report of both parts side by side, with its heading. */
export function runReportText(report: RunReport, columns: number | null): string {
  const table = classTable(report.validation, report.test, { columns });
  return `Per class on validation and test images:\n${table}`;
}
