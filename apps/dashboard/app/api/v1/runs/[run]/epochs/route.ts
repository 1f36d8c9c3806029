import { listEpochs } from '../../../../../../api/operations/results.ts';
import { respond } from '../../../../../../api/respond.ts';
import { store } from '../../../../../../store/store.ts';

export const GET = respond(listEpochs, async ({ params, query }) => {
  const epochs = await store().metrics(params.run);
  return { epochs: epochs.filter(({ epoch }) => epoch > query.after) };
});
