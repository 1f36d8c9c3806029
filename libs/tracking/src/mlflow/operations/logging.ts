import type { Fields } from '../requests/fields.ts';
import { invalid, missing } from '../requests/mlflow-error.ts';
import { pointEntry, type Entry } from '../runs/journal.ts';
import type { LoggedState } from '../runs/logged-state.ts';
import { checkBatch, readParam, readPoint, readTag, readTags } from './entities.ts';
import type { Operation, Tracking } from './tracking.ts';

/** Keeps what `entryOf` makes of the run's state, which may refuse it; no other request comes in between. */
export async function logTo(
  tracking: Tracking,
  id: string,
  entryOf: (state: LoggedState) => Entry,
): Promise<void> {
  const run = await tracking.runs.writable(id, (experiment) => tracking.experimentName(experiment));
  const entry = entryOf(run.state);
  try {
    await run.log(entry);
  } catch (error) {
    tracking.runs.forget(id);
    throw error;
  }
}

export const logMetric: Operation = async (tracking, fields) => {
  const id = fields.runId();
  const point = readPoint(fields);
  await logTo(tracking, id, () => ({ metrics: [pointEntry(point)] }));
  return {};
};

export const logParameter: Operation = async (tracking, fields) => {
  const id = fields.runId();
  const [key, value] = readParam(fields);
  await logTo(tracking, id, (state) => {
    checkUnchanged(state, id, key, value);
    return { params: { [key]: value } };
  });
  return {};
};

/** All of it or none. */
export const logBatch: Operation = async (tracking, fields) => {
  const id = fields.runId();
  const points = fields.objects('metrics').map(readPoint);
  const params = fields.objects('params').map(readParam);
  const tags = readTags(fields);
  checkBatch({ metrics: points.length, params: params.length, tags: fields.list('tags').length });
  const twice = params.map(([key]) => key).filter((key, i, keys) => keys.indexOf(key) < i);
  if (twice.length > 0)
    throw invalid(
      `Duplicate parameter keys have been submitted: ${JSON.stringify(twice)}. Please ensure the request contains only one param value per param key.`,
    );
  await logTo(tracking, id, (state) => {
    for (const [key, value] of params) checkUnchanged(state, id, key, value);
    return {
      ...(points.length > 0 && { metrics: points.map(pointEntry) }),
      ...(params.length > 0 && { params: Object.fromEntries(params) }),
      ...(tags.size > 0 && { tags: Object.fromEntries(tags) }),
      ...renamed(tags),
    };
  });
  return {};
};

export const setTag: Operation = async (tracking, fields) => {
  const id = fields.runId();
  const tag = readTag(fields);
  await logTo(tracking, id, () => ({ tags: Object.fromEntries([tag]), ...renamed(new Map([tag])) }));
  return {};
};

export const deleteTag: Operation = async (tracking, fields) => {
  const id = fields.runId();
  const key = fields.required('key');
  await logTo(tracking, id, ({ tags }) => {
    if (!tags.has(key)) throw missing(`No tag with name: ${key} in run with id ${id}`);
    return { tags: { [key]: null } };
  });
  return {};
};

export const logInputs: Operation = async (tracking, fields) => {
  const id = fields.runId();
  const datasets = fields.objects('datasets').map(readDataset);
  fields.objects('models');
  await logTo(tracking, id, () => ({ datasets }));
  return {};
};

export const logOutputs: Operation = async (tracking, fields) => {
  const id = fields.runId();
  const models = fields.objects('models').map((model) => {
    return { model_id: model.required('model_id'), step: model.integer('step') ?? 0 };
  });
  await logTo(tracking, id, () => ({ models }));
  return {};
};

/** The tag mlflow.runName is the run's name. */
function renamed(tags: ReadonlyMap<string, string>): Pick<Entry, 'run_name'> {
  const name = tags.get('mlflow.runName');
  return name === undefined ? {} : { run_name: name };
}

function checkUnchanged({ params }: LoggedState, id: string, key: string, value: string): void {
  const before = params.get(key);
  if (before === undefined || before === value) return;
  throw invalid(
    `Changing param values is not allowed. Param with key='${key}' was already logged with value='${before}' for run ID='${id}'. Attempted logging new value '${value}'.`,
  );
}

function readDataset(fields: Fields): Record<string, unknown> {
  const dataset = fields.object('dataset');
  if (!dataset) throw invalid('Dataset must be specified.');
  const texts = (from: Fields, names: readonly string[]) =>
    names.flatMap((name) => {
      const value = from.text(name);
      return value === null ? [] : [[name, value] as const];
    });
  for (const name of ['name', 'digest', 'source_type', 'source']) dataset.required(name);
  const tags = fields
    .objects('tags')
    .map((tag) => ({ key: tag.required('key'), value: tag.text('value') ?? '' }));
  return {
    ...(tags.length > 0 && { tags }),
    dataset: Object.fromEntries(
      texts(dataset, ['name', 'digest', 'source_type', 'source', 'schema', 'profile']),
    ),
  };
}
