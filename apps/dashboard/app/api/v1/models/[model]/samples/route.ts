import { listSamples } from '../../../../../../api/operations/predictions.ts';
import { respond } from '../../../../../../api/respond.ts';
import { modelStore } from '../../../../../../store/model-store.ts';
import { runSamples } from '../../../../../../store/run-samples.ts';
import { store } from '../../../../../../store/store.ts';

export const GET = respond(listSamples, async ({ params }) => {
  const { run } = await modelStore().resolve(params.model);
  return runSamples(store(), run);
});
