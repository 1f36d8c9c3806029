import { getSweep } from '../../../../../api/operations/sweeps.ts';
import { respond } from '../../../../../api/respond.ts';
import { findSweep } from '../../../../../store/find-sweep.ts';
import { index } from '../../../../../store/store.ts';
import { summarizeSweep } from '../../../../../store/summarize-sweep.ts';

export const GET = respond(getSweep, async ({ params }) => {
  const found = await index();
  return summarizeSweep(found, findSweep(found, params.sweep));
});
