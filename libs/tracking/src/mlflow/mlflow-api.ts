import { isFullDisk, UserError } from '@thaw/base';
import type { Clock } from '../files/heartbeat.ts';
import type { Artifacts } from './artifacts.ts';
import * as experiments from './operations/experiments.ts';
import { getHistory } from './operations/history.ts';
import { listArtifacts } from './operations/list-artifacts.ts';
import { logPredictions } from './operations/log-predictions.ts';
import * as logging from './operations/logging.ts';
import * as models from './operations/logged-models.ts';
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

/** Whether a call only reads; `call` is the path below `/api/2.0/mlflow/`. */
export function isReadingCall(method: string, call: string): boolean {
  return method === 'GET' || (method === 'POST' && /^(experiments|runs|logged-models)\/search$/.test(call));
}

/** Calls of MLflow 3 about models, by method and path; what stands in braces is a field. */
const ofModels: readonly (readonly [method: string, path: string, Operation])[] = [
  ['POST', 'logged-models', models.createLoggedModel],
  ['POST', 'logged-models/search', models.searchForModels],
  ['GET', 'logged-models/{model_id}', models.getLoggedModel],
  ['PATCH', 'logged-models/{model_id}', models.finalizeLoggedModel],
  ['DELETE', 'logged-models/{model_id}', models.deleteLoggedModel],
  ['POST', 'logged-models/{model_id}/params', models.logModelParams],
  ['PATCH', 'logged-models/{model_id}/tags', models.setModelTags],
  ['DELETE', 'logged-models/{model_id}/tags/{tag_key}', models.deleteModelTag],
];

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
    const found = findOperation(method, call);
    if (!found) throw new MlflowError('ENDPOINT_NOT_FOUND', `No ${method} ${call} is answered here`);
    try {
      const fields = new Fields(values).with(found.fields);
      return await found.operation(this.#tracking, fields);
    } catch (error) {
      throw asMlflowError(error);
    }
  }

  /** Writes what is left and gives up the runs that were taken. */
  async close(): Promise<void> {
    await this.#tracking.runs.close();
  }
}

function findOperation(
  method: string,
  call: string,
): { operation: Operation; fields: Record<string, string> } | null {
  const table = method === 'GET' ? reading : method === 'POST' ? writing : {};
  if (Object.hasOwn(table, call)) return { operation: table[call]!, fields: {} };
  const parts = call.split('/');
  for (const [of, path, operation] of ofModels) {
    const names = path.split('/');
    const fits = names.every((name, i) => name.startsWith('{') || name === parts[i]);
    if (of !== method || names.length !== parts.length || !fits) continue;
    const named = names.flatMap((name, i) =>
      name.startsWith('{') ? [[name.slice(1, -1), parts[i]!] as const] : [],
    );
    return { operation, fields: Object.fromEntries(named) };
  }
  return null;
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
