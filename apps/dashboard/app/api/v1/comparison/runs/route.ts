import { describeRuns } from '../../../../../api/operations/comparison.ts';
import { respond } from '../../../../../api/respond.ts';
import { comparedRuns } from '../../../../../store/compared-runs.ts';
import { store } from '../../../../../store/store.ts';

export const GET = respond(describeRuns, ({ query }) => comparedRuns(store(), query.run));
