import { listEpochs } from '../../../../../../api/operations/epochs.ts';
import { respond } from '../../../../../../api/respond.ts';
import { store } from '../../../../../../store/store.ts';

export const GET = respond(listEpochs, async ({ params, query: { after = -Infinity, cursor } }) => {
  const added = await store().metricsFrom(params.run, cursor);
  return { epochs: added.epochs.filter(({ epoch }) => epoch > after), cursor: added.cursor };
});
