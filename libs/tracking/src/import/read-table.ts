import { isCvResults, readCvResults } from './cv-results.ts';
import { isOptuna, readOptunaTrials } from './optuna-trials.ts';
import { isMlflowRuns, readMlflowRuns } from './mlflow-runs.ts';
import type { Results } from './results.ts';
import type { Table } from './table.ts';
import { isTabledEpochs, readTabledEpochs } from './tabled-epochs.ts';
import { isTabledLabels, readTabledLabels } from './tabled-labels.ts';
import { isTabledPredictions, readTabledPredictions } from './tabled-predictions.ts';
import { isTabledReport, readTabledReport } from './tabled-report.ts';
import { isWandbApi, readWandbApiRuns } from './wandb-api-runs.ts';
import { isWandb, readWandbRuns } from './wandb-runs.ts';

/** What a table is recognised as by its columns; null for another one. */
export function readTable(table: Table, file: string): Results[] | null {
  if (isOptuna(table)) return readOptunaTrials(table, file);
  if (isMlflowRuns(table)) return readMlflowRuns(table, file);
  if (isWandb(table)) return readWandbRuns(table, file);
  if (isWandbApi(table)) return readWandbApiRuns(table, file);
  if (isCvResults(table)) return readCvResults(table, file);
  if (isTabledReport(table)) return [readTabledReport(table, file)];
  if (isTabledPredictions(table)) return [readTabledPredictions(table, file)];
  if (isTabledLabels(table)) return [readTabledLabels(table, file)];
  if (isTabledEpochs(table)) return [readTabledEpochs(table, file)];
  return null;
}
