import { UserError } from '@thaw/base';
import type { PredictionRow } from '@thaw/experiment';
import {
  asPredictions,
  gapOfReports,
  generalisationGap,
  reportOfRows,
  type ClassificationReport,
} from '@thaw/metrics';
import type { RunRecord, FileStore } from '@thaw/tracking';
import type { Results } from '../api/operations/results.ts';

/** The figures of a finished run on both parts, or why there are none. */
export async function runResults(
  store: FileStore,
  query: string,
): Promise<{ results: Results; missing: null } | { results: null; missing: string }> {
  const run = await store.run(query);
  try {
    return { results: await resultsOf(store, run), missing: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { results: null, missing: error.message };
  }
}

async function resultsOf(store: FileStore, { id, state, classes, imported }: RunRecord): Promise<Results> {
  if (state !== 'finished' || !classes) {
    throw new UserError(`run ${id} is ${state}; reports are written when a run has finished`);
  }
  const side = async (part: 'validation' | 'test') => {
    const report = imported?.reports[part];
    if (report) return { rows: null, report };
    const rows = await store.predictions(id, part);
    return { rows, report: reportOfRows(rows, classes) };
  };
  const [validation, test] = await Promise.all([side('validation'), side('test')]);
  const averages = { validation: averagesOf(validation.report), test: averagesOf(test.report) };
  if (!validation.rows || !test.rows) {
    const gap = gapOfReports(validation.report, test.report);
    return { ...withPrecision(gap), groups: 'images', averages, confusion: null, calibration: null };
  }
  const groupOf = await groupsOf(store, id, [...validation.rows, ...test.rows]);
  const gap = generalisationGap(
    asPredictions(validation.rows, classes, groupOf),
    asPredictions(test.rows, classes, groupOf),
    classes,
  );
  return { ...gap, ...withPrecision(gap), groups: groupOf ? 'photographs' : 'images', averages };
}

/** The group of each file, as `gap` found them; null where it has not been asked or does not know all of these images. */
export async function groupsOf(
  store: FileStore,
  run: string,
  rows: readonly Pick<PredictionRow, 'file'>[],
): Promise<((file: string) => string) | null> {
  const groups = new Map((await store.groups(run))?.map(({ path, group }) => [path, group]));
  return rows.every(({ file }) => groups.has(file)) ? (file) => groups.get(file)! : null;
}

function averagesOf({ macro, weighted }: ClassificationReport) {
  return { macro, weighted };
}

function withPrecision(gap: ReturnType<typeof gapOfReports>) {
  return {
    classes: gap.classes,
    overall: gap.overall,
    per_class: gap.per_class.map((each) => {
      const { validation, test } = each;
      const compared = validation.support > 0 && test.support > 0;
      return {
        ...each,
        gap: { ...each.gap, precision: compared ? validation.precision - test.precision : null },
      };
    }),
  };
}
