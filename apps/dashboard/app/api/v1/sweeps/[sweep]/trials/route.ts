import { listTrials } from '../../../../../../api/operations/comparison.ts';
import { respond } from '../../../../../../api/respond.ts';
import { store } from '../../../../../../store/store.ts';

export const GET = respond(listTrials, async ({ params }) => {
  const { trials } = await store().sweep(params.sweep);
  return {
    trials: trials.map(({ run, number, state, parameters, summary }) => {
      return { id: run ?? `trial ${number}`, number, state, parameters, summary };
    }),
  };
});
