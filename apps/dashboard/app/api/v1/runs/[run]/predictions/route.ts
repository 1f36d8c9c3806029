import { listPredictions } from '../../../../../../api/operations/results.ts';
import { respond } from '../../../../../../api/respond.ts';
import { runPredictions } from '../../../../../../store/run-predictions.ts';
import { store } from '../../../../../../store/store.ts';

export const GET = respond(listPredictions, ({ params, query }) =>
  runPredictions(store(), params.run, query),
);
