import { isFullDisk, UserError } from '@thaw/base';
import type { Clock } from '../files/heartbeat.ts';
import type { Artifacts } from './artifacts.ts';
import * as experiments from './operations/experiments.ts';
import { getHistory } from './operations/history.ts';
import { listArtifacts } from './operations/list-artifacts.ts';
import { logPredictions } from './operations/log-predictions.ts';
import * as logging from './operations/logging.ts';
import * as runs from './operations/runs.ts';
import { Tracking, type Operation } from './operations/tracking.ts';
import { Fields } from './requests/fields.ts';
import { MlflowError } from './requests/mlflow-error.ts';

/** Calls that read, by GET; the others are POST. `experiments/search` is both. */
const reading: Readonly<Record<string, Operation>> = {
  'experiments/get': experiments.getExperiment,
  'experiments/get-by-name': experiments.getExperimentByName,
  'experiments/list': experiments.listExperiments,
  'experiments/search': experiments.listExperiments,
  'runs/get': runs.getRun,
  'metrics/get-history': getHistory,
  'artifacts/list': listArtifacts,
};

const writing: Readonly<Record<string, Operation>> = {
  'experiments/create': experiments.createExperiment,
  'experiments/search': experiments.listExperiments,
  'experiments/update': experiments.updateExperiment,
  'experiments/delete': experiments.deleteExperiment,
  'experiments/restore': experiments.restoreExperiment,
  'experiments/set-experiment-tag': experiments.setExperimentTag,
  'experiments/delete-experiment-tag': experiments.deleteExperimentTag,
  'runs/create': runs.createRun,
  'runs/update': runs.updateRun,
  'runs/delete': runs.deleteRun,
  'runs/restore': runs.restoreRun,
  'runs/search': runs.searchForRuns,
  'runs/log-metric': logging.logMetric,
  'runs/log-parameter': logging.logParameter,
  'runs/log-batch': logging.logBatch,
  'runs/set-tag': logging.setTag,
  'runs/delete-tag': logging.deleteTag,
  'runs/log-inputs': logging.logInputs,
  'runs/outputs': logging.logOutputs,
  'runs/log-predictions': logPredictions,
};

/**
 * MLflow's tracking API (2.0) on the runs of `runsDir`, without HTTP: a call's name and fields in, the answer's body out. Facts of
 * MLflow that its clients rely on stand beside the calls; its own file store's 500 for a user's mistake are 400 here, because
 * clients send again what was answered with 500.
 */
export class MlflowApi {
  readonly #tracking: Tracking;

  constructor(runsDir: string, clock: Clock = () => new Date()) {
    this.#tracking = new Tracking(runsDir, clock);
  }

  /** Files that clients leave with runs. */
  get artifacts(): Artifacts {
    return this.#tracking.artifacts;
  }

  /** `call` is the path below `/api/2.0/mlflow/`; rejects with a MlflowError alone. */
  async answer(method: string, call: string, values: unknown): Promise<object> {
    const table = method === 'GET' ? reading : writing;
    const operation = Object.hasOwn(table, call) ? table[call] : undefined;
    if (!operation || (method !== 'GET' && method !== 'POST'))
      throw new MlflowError('ENDPOINT_NOT_FOUND', `No ${method} ${call} is answered here`);
    try {
      return await operation(this.#tracking, new Fields(values));
    } catch (error) {
      throw asMlflowError(error);
    }
  }

  /** Writes what is left and gives up the runs that were taken. */
  async close(): Promise<void> {
    await this.#tracking.runs.close();
  }
}

function asMlflowError(error: unknown): MlflowError {
  if (error instanceof MlflowError) return error;
  const { message } = error as Error;
  // To be sent again, when there is room.
  if (isFullDisk(error) || (error instanceof UserError && error.kind !== 'damaged'))
    return new MlflowError('TEMPORARILY_UNAVAILABLE', message);
  if (error instanceof UserError) return new MlflowError('INTERNAL_ERROR', message);
  const unknown = new MlflowError(
    'INTERNAL_ERROR',
    'the server broke on this request; its output says where',
  );
  unknown.cause = error;
  return unknown;
}
