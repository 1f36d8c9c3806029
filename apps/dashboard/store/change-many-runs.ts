import { mapConcurrently } from '@thaw/base';
import type * as z from 'zod';
import { changeOf, type changeRuns, type RunsChange } from '../api/operations/runs.ts';
import { problemOf } from '../api/problem.ts';
import { changed, store } from './store.ts';

/** Each write waits for the disk. */
const atOnce = 16;

/** Does the same to many runs. What is refused for one keeps none of the others. */
export async function changeManyRuns({
  runs,
  deleted,
  ...change
}: RunsChange): Promise<z.input<typeof changeRuns.answer>> {
  const said = Object.values(change).some((value) => value !== undefined);
  const refusals = await mapConcurrently([...new Set(runs)], atOnce, async (run) => {
    try {
      if (deleted === false) await store().restoreRun(run);
      if (said) await store().annotate(run, changeOf(change));
      if (deleted === true) await store().deleteRun(run);
      return { run, detail: null };
    } catch (error) {
      return { run, detail: problemOf(error).detail };
    }
  });
  changed();
  return {
    changed: refusals.filter(({ detail }) => detail === null).map(({ run }) => run),
    refused: refusals.flatMap(({ run, detail }) => (detail === null ? [] : [{ run, detail }])),
  };
}
