import { restoreRun } from '../../../../../../api/operations/runs.ts';
import { respond } from '../../../../../../api/respond.ts';
import { changed, store } from '../../../../../../store/store.ts';

export const POST = respond(restoreRun, async ({ params }) => {
  await store().restoreRun(params.run);
  changed();
  return { restored: params.run };
});
