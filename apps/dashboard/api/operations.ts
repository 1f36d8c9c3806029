import type { Operation } from './operation.ts';
import { compareRunsOperation, getImportance, listTrials } from './operations/comparison.ts';
import { getModelCard, listModels, moveAlias } from './operations/models.ts';
import {
  getGap,
  getImage,
  getResults,
  listEpochs,
  listFiles,
  listPredictions,
} from './operations/results.ts';
import { annotateRun, deleteRun, getRun, listRuns, restoreRun } from './operations/runs.ts';
import { getSweep, listSweeps } from './operations/sweeps.ts';

/** Everything that the REST API does. */
export const operations: readonly Operation[] = [
  listSweeps,
  getSweep,
  listTrials,
  getImportance,
  listRuns,
  getRun,
  getResults,
  listPredictions,
  getGap,
  getImage,
  listEpochs,
  listFiles,
  compareRunsOperation,
  listModels,
  getModelCard,
  moveAlias,
  annotateRun,
  deleteRun,
  restoreRun,
];
