import type { Operation } from './operation.ts';
import { cancelAdvice, getAdvice, startAdvice } from './operations/advice.ts';
import {
  compareRunsOperation,
  describeRuns,
  getCodeDifference,
  getImportance,
  listTrials,
} from './operations/comparison.ts';
import { checkExperiment, getExperimentSettings } from './operations/experiments.ts';
import { cancelMap, drawMap, getLayout, getMap, getSprites, listImages } from './operations/images.ts';
import { cancelGap, measureGap } from './operations/jobs.ts';
import {
  cancelPromotion,
  getModelArchive,
  getModelCard,
  getModelExport,
  getModelFile,
  listModelFiles,
  listModels,
  listPromotions,
  moveAlias,
  promoteRun,
  removeAlias,
} from './operations/models.ts';
import { getOverview } from './operations/overview.ts';
import { explain, getNeighbourPictures, listSamples, predict } from './operations/predictions.ts';
import { getComparisonReport, getRunReport, getSweepReport } from './operations/reports.ts';
import { listEpochs, listUsage } from './operations/epochs.ts';
import { getGap, getResults, listPredictions } from './operations/results.ts';
import { getAugmentation, getFile, getImage, listFiles } from './operations/run-files.ts';
import {
  annotateRun,
  changeRuns,
  deleteRun,
  getAnnotations,
  getRun,
  listRuns,
  restoreRun,
} from './operations/runs.ts';
import {
  changeSweepJob,
  getSweepJob,
  resumeSweep,
  startSweep,
  stopSweep,
  stopTrial,
} from './operations/sweep-jobs.ts';
import { getSweep, listSweeps } from './operations/sweeps.ts';
import { cancelViews, getViews, getViewsSheet, startViews } from './operations/views.ts';

/** What is answered beside Next.js, whose bundles take no native libraries: what computes with models and their images, what writes
 * models for other programs and draws reports, and long work, whose processes are this server's. */
export const besideNext = [
  predict,
  explain,
  getNeighbourPictures,
  getModelExport,
  promoteRun,
  listPromotions,
  cancelPromotion,
  getGap,
  measureGap,
  cancelGap,
  getAugmentation,
  getMap,
  drawMap,
  cancelMap,
  getLayout,
  getSprites,
  getRunReport,
  getSweepReport,
  getComparisonReport,
  getCodeDifference,
  getExperimentSettings,
  checkExperiment,
  startAdvice,
  getAdvice,
  cancelAdvice,
  startViews,
  getViews,
  cancelViews,
  getViewsSheet,
  startSweep,
  getSweepJob,
  changeSweepJob,
  stopSweep,
  resumeSweep,
  stopTrial,
] as const;

/** Everything that the REST API does. */
export const operations: readonly Operation[] = [
  getOverview,
  listSweeps,
  getSweep,
  listTrials,
  getImportance,
  listRuns,
  getRun,
  getResults,
  listPredictions,
  listImages,
  getImage,
  listEpochs,
  listUsage,
  listFiles,
  getFile,
  describeRuns,
  compareRunsOperation,
  listModels,
  getModelCard,
  listModelFiles,
  getModelFile,
  getModelArchive,
  listSamples,
  moveAlias,
  removeAlias,
  getAnnotations,
  annotateRun,
  changeRuns,
  deleteRun,
  restoreRun,
  ...besideNext,
];
