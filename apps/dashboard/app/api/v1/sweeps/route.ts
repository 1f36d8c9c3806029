import { listSweeps } from '../../../../api/operations/sweeps.ts';
import { respond } from '../../../../api/respond.ts';
import { store } from '../../../../store/store.ts';
import { summarizeSweep } from '../../../../store/summarize-sweep.ts';

export const GET = respond(listSweeps, async () => {
  const { sweeps, damaged } = await store().sweeps();
  return { sweeps: sweeps.map(summarizeSweep).reverse(), damaged };
});
