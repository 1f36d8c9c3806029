import { describeRuns } from '../../../../../api/operations/comparison.ts';
import { respond } from '../../../../../api/respond.ts';
import { runsInDetail } from '../../../../../store/runs-in-detail.ts';
import { store } from '../../../../../store/store.ts';

export const GET = respond(describeRuns, ({ query }) => runsInDetail(store(), query.run));
