import type { Experiment } from '../experiments.ts';
import { writeDouble } from '../requests/json-numbers.ts';
import type { Point } from '../runs/journal.ts';
import type { FoundRun } from '../runs/logged-runs.ts';

/** Keys and values as MLflow lists them. */
export function pairs(entries: Iterable<readonly [string, string]>): { key: string; value: string }[] {
  return [...entries].map(([key, value]) => ({ key, value }));
}

/** As protobuf does, empty lists are left out. */
export function withoutEmpty<T extends Record<string, unknown>>(lists: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(lists).filter(
      ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  ) as Partial<T>;
}

export function experimentDocument({ tags, ...experiment }: Experiment): object {
  return { ...experiment, ...withoutEmpty({ tags: pairs(Object.entries(tags)) }) };
}

/** Where a run's artifacts are, for clients: below the artifact proxy of the same server. */
export function artifactUri({ id, state }: Pick<FoundRun, 'id' | 'state'>): string {
  return `mlflow-artifacts:/${state.experimentId}/${id}/artifacts`;
}

export function runInfo(run: FoundRun): object {
  const { id, deleted, state } = run;
  return {
    run_uuid: id,
    experiment_id: state.experimentId,
    run_name: state.name,
    user_id: state.userId,
    status: state.status,
    start_time: state.startTime,
    ...withoutEmpty({ end_time: state.endTime }),
    artifact_uri: artifactUri(run),
    lifecycle_stage: deleted ? 'deleted' : 'active',
    run_id: id,
  };
}

export function runDocument(run: FoundRun): object {
  const { latest, params, tags, datasets, models } = run.state;
  return {
    info: runInfo(run),
    data: withoutEmpty({
      metrics: [...latest.values()].map(metricDocument),
      params: pairs(params),
      tags: pairs(tags),
    }),
    inputs: withoutEmpty({ dataset_inputs: datasets }),
    ...(models.length > 0 && { outputs: { model_outputs: models } }),
  };
}

export function metricDocument({ key, value, timestamp, step }: Point): object {
  return { key, value: writeDouble(value), timestamp, step };
}
