import { getResults } from '../../../../../../api/operations/results.ts';
import { respond } from '../../../../../../api/respond.ts';
import { resultsAndValidation } from '../../../../../../store/run-results.ts';
import { store } from '../../../../../../store/store.ts';

export const GET = respond(getResults, ({ params }) => resultsAndValidation(store(), params.run));
