import { asPredictions, sideResults, type SideResults } from '@thaw/metrics';
import type { RunRecord, RunStore } from '@thaw/tracking';
import { groupsOfRun, type Grouping, type GroupsOfRunOptions } from '../groups/groups-of-run.ts';

/** What came of a run on validation images, with 95 % intervals. */
export interface ValidationResults extends SideResults {
  /** Validation images that have a twin in training; null where that is not known. */
  readonly validation_twins: number | null;
  readonly grouping: Grouping;
}

/** Those of a run whose test images nobody has looked at; null for any other run, which has results on both parts. */
export async function validationResults(
  store: Pick<RunStore, 'predictions' | 'groups'>,
  run: RunRecord,
  options: GroupsOfRunOptions,
): Promise<ValidationResults | null> {
  if (!run.sealed || run.state !== 'finished' || !run.classes) return null;
  const rows = await store.predictions(run.id, 'validation');
  const groups = await groupsOfRun(store, run, { validation: rows, test: [] }, options);
  const { origin, unit, missing, groupOf, twins } = groups;
  return {
    ...sideResults(asPredictions(rows, run.classes, groupOf), run.classes),
    validation_twins: twins,
    grouping: { origin, unit, missing },
  };
}
