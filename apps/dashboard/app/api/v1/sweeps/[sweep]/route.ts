import { getSweep } from '../../../../../api/operations/sweeps.ts';
import { Problem } from '../../../../../api/problem.ts';
import { respond } from '../../../../../api/respond.ts';
import { index } from '../../../../../store/store.ts';
import { summarizeSweep } from '../../../../../store/summarize-sweep.ts';

export const GET = respond(getSweep, async ({ params }) => {
  const sweep = (await index()).sweeps().find(({ id }) => id === params.sweep);
  if (!sweep) throw new Problem(404, `there is no sweep ${params.sweep}`);
  return summarizeSweep(sweep);
});
