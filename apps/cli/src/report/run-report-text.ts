import type { RunReports } from '@thaw/analysis/recorded';
import { classTable } from './class-table.ts';

/** The reports of both parts side by side, with their heading. */
export function runReportText({ validation, test }: RunReports, columns: number | null): string {
  const table = classTable(validation.report, test.report, { columns });
  return `Per class on validation and test images:\n${table}`;
}
