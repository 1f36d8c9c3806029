import { checkFree, checkName } from '../experiments.ts';
import { missing } from '../requests/mlflow-error.ts';
import { pageOf } from '../requests/page-token.ts';
import { searchExperiments } from '../search/search-experiments.ts';
import { readMaxResults, readView } from '../search/search-fields.ts';
import { experimentDocument, withoutEmpty } from './documents.ts';
import { readTag, readTags } from './entities.ts';
import type { Operation } from './tracking.ts';

export const createExperiment: Operation = async ({ experiments }, fields) => {
  const name = fields.required('name');
  const location = fields.text('artifact_location');
  const tags = Object.fromEntries(readTags(fields));
  return { experiment_id: await experiments.create(name, location === '' ? null : location, tags) };
};

export const getExperiment: Operation = async ({ experiments }, fields) => {
  return Promise.resolve({
    experiment: experimentDocument(experiments.get(fields.required('experiment_id'))),
  });
};

export const getExperimentByName: Operation = async ({ experiments }, fields) => {
  const name = fields.required('experiment_name');
  const found = experiments.all().find((each) => each.name === name);
  if (!found) throw missing(`Could not find experiment with name '${name}'`);
  return Promise.resolve({ experiment: experimentDocument(found) });
};

/** Also as `list` of MLflow 1. */
export const listExperiments: Operation = async ({ experiments }, fields) => {
  const chosen = searchExperiments(experiments.all(), {
    view: readView(fields, 'view_type'),
    filter: fields.text('filter') ?? '',
    orderBy: fields.texts('order_by'),
  });
  const { page, next } = pageOf(chosen, {
    maxResults: readMaxResults(fields),
    token: fields.text('page_token'),
  });
  return Promise.resolve(withoutEmpty({ experiments: page.map(experimentDocument), next_page_token: next }));
};

export const updateExperiment: Operation = async ({ experiments }, fields) => {
  const name = fields.required('new_name');
  checkName(name);
  await experiments.update(fields.required('experiment_id'), (_, others) => {
    checkFree(others, name);
    return { name };
  });
  return {};
};

/** Its runs go with it. */
export const deleteExperiment: Operation = async ({ experiments, runs }, fields) => {
  const id = fields.required('experiment_id');
  await experiments.update(id, () => ({ lifecycle_stage: 'deleted' }));
  for (const run of await runs.all(false)) if (run.state.experimentId === id) await runs.delete(run.id);
  return {};
};

/** Its runs come back, also those that were deleted before it, as in MLflow. */
export const restoreExperiment: Operation = async ({ experiments, runs }, fields) => {
  const id = fields.required('experiment_id');
  await experiments.update(id, () => ({ lifecycle_stage: 'active' }), 'deleted');
  for (const run of await runs.all(true)) if (run.state.experimentId === id) await runs.restore(run.id);
  return {};
};

export const setExperimentTag: Operation = async ({ experiments }, fields) => {
  const [key, value] = readTag(fields);
  await experiments.update(fields.required('experiment_id'), ({ tags }) => ({
    tags: { ...tags, [key]: value },
  }));
  return {};
};

export const deleteExperimentTag: Operation = async ({ experiments }, fields) => {
  const id = fields.required('experiment_id');
  const key = fields.required('key');
  await experiments.update(id, ({ tags: { [key]: value, ...tags } }) => {
    if (value === undefined) throw missing(`No tag with name: ${key} in experiment with id ${id}`);
    return { tags };
  });
  return {};
};
