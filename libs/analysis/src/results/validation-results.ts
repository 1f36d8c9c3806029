import { asPredictions, resultsOfReport, sideResults, type SideResults } from '@thaw/metrics';
import type { PredictedSplit, RunRecord, RunStore } from '@thaw/tracking';
import { groupsOfRun, type Grouping, type GroupsOfRunOptions } from '../groups/groups-of-run.ts';
import { groupingOfFigures, partReports } from './run-reports.ts';

/** What came of a run on one part alone, with 95 % intervals. */
export interface ValidationResults extends SideResults {
  /** Validation, but of another program's run that has results on test images alone. */
  readonly part: PredictedSplit;
  /** Nobody has looked at the test images; else the program gave no results of the other part. */
  readonly sealed: boolean;
  /** Validation images that have a twin in training; null where that is not known. */
  readonly validation_twins: number | null;
  readonly grouping: Grouping;
}

/**
 * Those of a run whose test images nobody has looked at, and of another program's with predictions or a report on one part; null for
 * any other run, which has results on both parts or none. Of a report there are no other metrics.
 */
export async function validationResults(
  store: Pick<RunStore, 'predictions' | 'groups'>,
  run: RunRecord,
  options: GroupsOfRunOptions,
): Promise<ValidationResults | null> {
  const { sealed, classes, imported, logged } = run;
  if (!sealed && !imported && !logged) return null;
  const { validation, test } = await partReports(store, run);
  const alone = validation ?? test;
  if (!alone || (validation && test)) return null;
  const part = validation ? 'validation' : 'test';
  const { report, rows } = alone;
  if (!rows) {
    const grouping = groupingOfFigures;
    return { part, sealed, ...resultsOfReport(report), validation_twins: null, grouping };
  }
  const none = { validation: [], test: [] };
  const groups = await groupsOfRun(store, run, { ...none, [part]: rows }, options);
  const { origin, unit, missing, groupOf, twins } = groups;
  return {
    part,
    sealed,
    ...sideResults(asPredictions(rows, classes!, groupOf), classes!),
    validation_twins: part === 'validation' ? twins : null,
    grouping: { origin, unit, missing },
  };
}
