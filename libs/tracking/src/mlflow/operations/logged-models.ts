import type { LoggedModel } from '../logged-models.ts';
import { invalid, missing } from '../requests/mlflow-error.ts';
import { pageOf } from '../requests/page-token.ts';
import { readMaxResults } from '../search/search-fields.ts';
import { searchLoggedModels } from '../search/search-logged-models.ts';
import { pairs, withoutEmpty } from './documents.ts';
import { readParam, readTags } from './entities.ts';
import type { Fields } from '../requests/fields.ts';
import type { Operation } from './tracking.ts';

const statuses: Readonly<Record<string, string>> = {
  ...{ 1: 'LOGGED_MODEL_PENDING', 2: 'LOGGED_MODEL_READY', 3: 'LOGGED_MODEL_UPLOAD_FAILED' },
  ...{ PENDING: 'LOGGED_MODEL_PENDING', READY: 'LOGGED_MODEL_READY', FAILED: 'LOGGED_MODEL_UPLOAD_FAILED' },
};

export const createLoggedModel: Operation = async ({ experiments, models }, fields) => {
  const { experiment_id } = experiments.active(fields.required('experiment_id'));
  const model = await models.create({
    experiment_id,
    name: fields.text('name') ?? 'model',
    model_type: fields.text('model_type'),
    source_run_id: fields.text('source_run_id'),
    tags: Object.fromEntries(readTags(fields)),
    params: readParams(fields),
  });
  return { model: modelDocument(model) };
};

export const getLoggedModel: Operation = async ({ models }, fields) => {
  return { model: modelDocument(await models.get(fields.required('model_id'))) };
};

/** Says that its files are there, or that they could not be sent. */
export const finalizeLoggedModel: Operation = async ({ models }, fields) => {
  const given = fields.required('status');
  const status = statuses[given] ?? Object.values(statuses).find((each) => each === given);
  if (!status) throw invalid(`Invalid value ${JSON.stringify(given)} for parameter 'status' supplied`);
  return { model: modelDocument(await models.update(fields.required('model_id'), () => ({ status }))) };
};

export const deleteLoggedModel: Operation = async ({ models }, fields) => {
  await models.delete(fields.required('model_id'));
  return {};
};

export const logModelParams: Operation = async ({ models }, fields) => {
  const added = readParams(fields);
  await models.update(fields.required('model_id'), ({ params }) => ({ params: { ...params, ...added } }));
  return {};
};

export const setModelTags: Operation = async ({ models }, fields) => {
  const added = Object.fromEntries(readTags(fields));
  const id = fields.required('model_id');
  return { model: modelDocument(await models.update(id, ({ tags }) => ({ tags: { ...tags, ...added } }))) };
};

export const deleteModelTag: Operation = async ({ models }, fields) => {
  const key = fields.required('tag_key');
  const id = fields.required('model_id');
  await models.update(id, ({ tags: { [key]: value, ...tags } }) => {
    if (value === undefined) throw missing(`No tag with key '${key}' found for model with ID '${id}'.`);
    return { tags };
  });
  return {};
};

export const searchForModels: Operation = async ({ models }, fields) => {
  const chosen = searchLoggedModels(await models.all(), {
    experimentIds: fields.texts('experiment_ids'),
    filter: fields.text('filter') ?? '',
    orderBy: fields.objects('order_by').map((order) => {
      return { field: order.required('field_name'), ascending: order.flag('ascending') ?? true };
    }),
  });
  const { page, next } = pageOf(chosen, {
    maxResults: readMaxResults(fields),
    token: fields.text('page_token'),
  });
  return withoutEmpty({ models: page.map(modelDocument), next_page_token: next });
};

function readParams(fields: Fields): Record<string, string> {
  return Object.fromEntries(fields.objects('params').map(readParam));
}

function modelDocument(model: LoggedModel): object {
  const { model_id, experiment_id, name, status, model_type, source_run_id, created, updated } = model;
  return {
    info: {
      model_id,
      experiment_id,
      name,
      creation_timestamp_ms: created,
      last_updated_timestamp_ms: updated,
      artifact_uri: `mlflow-artifacts:/${experiment_id}/models/${model_id}/artifacts`,
      status,
      ...withoutEmpty({ model_type, source_run_id, tags: pairs(Object.entries(model.tags)) }),
    },
    data: withoutEmpty({ params: pairs(Object.entries(model.params)) }),
  };
}
