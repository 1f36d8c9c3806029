import { UserError } from '@thaw/base';
import { isComplete, type PredictionRow } from '@thaw/experiment';
import { reportOfRows, type ClassificationReport } from '@thaw/metrics';
import type { PredictedSplit, RunRecord, RunStore } from '@thaw/tracking';
import type { Grouping } from '../groups/groups-of-run.ts';

/** One part of a run: scikit-learn's report, and what it was made from. */
export interface PartReport {
  readonly report: ClassificationReport;
  /** Null for a report that was imported as figures. */
  readonly rows: readonly PredictionRow[] | null;
}

export type RunReports = Readonly<Record<PredictedSplit, PartReport>>;

/** What is known of groups where a run has a report without the predictions that it was made from. */
export const groupingOfFigures: Grouping = {
  origin: 'unknown',
  unit: 'image',
  missing: 'the run was imported as figures, without predictions for single images',
};

type Reported = Pick<RunRecord, 'id' | 'classes' | 'state' | 'sealed' | 'imported' | 'logged'>;

/**
 * The reports of a finished or pruned run on both parts, from its saved predictions or as they were imported; null for
 * runs that did not come so far, for those whose test images nobody has looked at, and for results of other programs that lack a
 * part.
 */
export async function runReports(
  store: Pick<RunStore, 'predictions'>,
  run: Reported,
): Promise<RunReports | null> {
  if (run.sealed) return null;
  const { validation, test } = await partReports(store, run);
  return validation && test && { validation, test };
}

/** The report of each part that such a run has one of: of validation alone where nobody has looked at its test images. */
export async function partReports(
  store: Pick<RunStore, 'predictions'>,
  { id, classes, state, sealed, imported, logged }: Reported,
): Promise<Readonly<Record<PredictedSplit, PartReport | null>>> {
  if (!isComplete(state) || !classes) return { validation: null, test: null };
  const ofOthers = imported !== null || logged !== null;
  const partOf = async (part: PredictedSplit): Promise<PartReport | null> => {
    const report = imported?.reports[part];
    if (report) return { report, rows: null };
    // Other programs may have results of one part alone.
    const rows = await store.predictions(id, part).catch(ofOthers ? nullIfAbsent : rethrow);
    return rows && { report: reportOfRows(rows, classes), rows };
  };
  const [validation, test] = await Promise.all([partOf('validation'), sealed ? null : partOf('test')]);
  return { validation, test };
}

function nullIfAbsent(error: unknown): null {
  if (error instanceof UserError && error.kind === 'not-found') return null;
  throw error;
}

function rethrow(error: unknown): never {
  throw error;
}
