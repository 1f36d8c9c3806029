import { getResults } from '../../../../../../api/operations/results.ts';
import { respond } from '../../../../../../api/respond.ts';
import { resultsOrReason } from '../../../../../../store/run-results.ts';
import { store } from '../../../../../../store/store.ts';

export const GET = respond(getResults, ({ params }) => resultsOrReason(store(), params.run));
