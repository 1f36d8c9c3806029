import { compareRuns } from '@thaw/analysis/recorded';
import { compareRunsOperation } from '../../../../api/operations/comparison.ts';
import { respond } from '../../../../api/respond.ts';
import { cacheDir } from '../../../../store/runs-dir.ts';
import { store } from '../../../../store/store.ts';

export const GET = respond(compareRunsOperation, ({ query }) =>
  compareRuns(store(), query.run, { strict: false, cacheDir: cacheDir() }),
);
