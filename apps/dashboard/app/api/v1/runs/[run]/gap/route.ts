import { getGap } from '../../../../../../api/operations/results.ts';
import { respond } from '../../../../../../api/respond.ts';
import { runGap } from '../../../../../../store/run-gap.ts';
import { store } from '../../../../../../store/store.ts';

export const GET = respond(getGap, ({ params }) => runGap(store(), params.run));
