import type { Operation } from './operation.ts';
import { getRun, listRuns } from './operations/runs.ts';
import { getSweep, listSweeps } from './operations/sweeps.ts';

/** Everything that the REST API does. */
export const operations: readonly Operation[] = [listSweeps, getSweep, listRuns, getRun];
