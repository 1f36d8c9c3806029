import { deleteRun, getRun } from '../../../../../api/operations/runs.ts';
import { respond } from '../../../../../api/respond.ts';
import { describeRun } from '../../../../../store/describe-run.ts';
import { findRun } from '../../../../../store/find-run.ts';
import { changed, index, store } from '../../../../../store/store.ts';

export const GET = respond(getRun, async ({ params }) =>
  describeRun(await findRun(store(), await index(), params.run)),
);

export const DELETE = respond(deleteRun, async ({ params }) => {
  const deleted = await store().deleteRun(params.run);
  changed();
  return { deleted };
});
