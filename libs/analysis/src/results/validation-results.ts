import { UserError } from '@thaw/base';
import { isComplete } from '@thaw/experiment';
import { asPredictions, sideResults, type SideResults } from '@thaw/metrics';
import type { PredictedSplit, RunRecord, RunStore } from '@thaw/tracking';
import { groupsOfRun, type Grouping, type GroupsOfRunOptions } from '../groups/groups-of-run.ts';

/** What came of a run on one part alone, with 95 % intervals. */
export interface ValidationResults extends SideResults {
  /** Validation, but of another program's run that has predictions on test images alone. */
  readonly part: PredictedSplit;
  /** Nobody has looked at the test images; else the program gave no predictions of the other part. */
  readonly sealed: boolean;
  /** Validation images that have a twin in training; null where that is not known. */
  readonly validation_twins: number | null;
  readonly grouping: Grouping;
}

/**
 * Those of a run whose test images nobody has looked at, and of another program's with predictions on one part; null for any other
 * run, which has results on both parts or none.
 */
export async function validationResults(
  store: Pick<RunStore, 'predictions' | 'groups'>,
  run: RunRecord,
  options: GroupsOfRunOptions,
): Promise<ValidationResults | null> {
  const { id, state, sealed, classes } = run;
  if (!isComplete(state) || !classes) return null;
  const part = sealed ? 'validation' : await onlyPart(store, run);
  if (part === null) return null;
  const rows = await store.predictions(id, part);
  const none = { validation: [], test: [] };
  const groups = await groupsOfRun(store, run, { ...none, [part]: rows }, options);
  const { origin, unit, missing, groupOf, twins } = groups;
  return {
    part,
    sealed,
    ...sideResults(asPredictions(rows, classes, groupOf), classes),
    validation_twins: part === 'validation' ? twins : null,
    grouping: { origin, unit, missing },
  };
}

/** The part that another program's run has predictions of where it has none of the other; null else. */
async function onlyPart(
  store: Pick<RunStore, 'predictions'>,
  { id, imported, logged }: RunRecord,
): Promise<PredictedSplit | null> {
  if (!imported && !logged) return null;
  const isThere = (part: PredictedSplit) =>
    store.predictions(id, part).then(
      () => true,
      (error: unknown) => {
        if (error instanceof UserError && error.kind === 'not-found') return false;
        throw error;
      },
    );
  const [validation, test] = [await isThere('validation'), await isThere('test')];
  return validation === test ? null : validation ? 'validation' : 'test';
}
