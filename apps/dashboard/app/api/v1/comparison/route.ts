import { compareRunsOperation } from '../../../../api/operations/comparison.ts';
import { respond } from '../../../../api/respond.ts';
import { compareOnTest } from '../../../../store/compare-runs.ts';
import { store } from '../../../../store/store.ts';

export const GET = respond(compareRunsOperation, ({ query }) => compareOnTest(store(), query.run));
