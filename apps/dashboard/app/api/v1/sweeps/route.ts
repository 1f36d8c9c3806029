import { listSweeps } from '../../../../api/operations/sweeps.ts';
import { respond } from '../../../../api/respond.ts';
import { index } from '../../../../store/store.ts';
import { summarizeSweep } from '../../../../store/summarize-sweep.ts';

export const GET = respond(listSweeps, async () => {
  const found = await index();
  const sweeps = found.sweeps().map((sweep) => summarizeSweep(found, sweep));
  return { sweeps: sweeps.reverse(), damaged: found.damaged().sweeps };
});
