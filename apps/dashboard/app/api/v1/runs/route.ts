import { listRuns } from '../../../../api/operations/runs.ts';
import { respond } from '../../../../api/respond.ts';
import { describeRun } from '../../../../store/describe-run.ts';
import { store } from '../../../../store/store.ts';

export const GET = respond(listRuns, async ({ query }) => {
  const { runs, damaged } = await store().runs();
  const chosen = runs.filter((run) => query.sweep === undefined || run.sweep === query.sweep);
  return { runs: chosen.map(describeRun).reverse(), damaged };
});
