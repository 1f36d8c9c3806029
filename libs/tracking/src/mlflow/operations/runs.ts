import { invalid } from '../requests/mlflow-error.ts';
import { cut, limits } from '../requests/names.ts';
import { pageOf } from '../requests/page-token.ts';
import { runStatuses } from '../runs/journal.ts';
import { inventedName } from '../runs/run-name.ts';
import { readMaxResults, readView } from '../search/search-fields.ts';
import { searchRuns } from '../search/search-runs.ts';
import { runDocument, runInfo, withoutEmpty } from './documents.ts';
import { readTags, readTime } from './entities.ts';
import { logTo } from './logging.ts';
import type { Operation } from './tracking.ts';

const nameTag = 'mlflow.runName';

export const createRun: Operation = async ({ experiments, runs, clock }, fields) => {
  const experiment = experiments.active(fields.text('experiment_id') || '0');
  const tags = readTags(fields);
  const given = fields.text('run_name') ?? '';
  const tagged = tags.get(nameTag) ?? '';
  if (given !== '' && tagged !== '' && given !== tagged)
    throw invalid(
      `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${given}', mlflow.runName='${tagged}').`,
    );
  const name = given || tagged || inventedName();
  const begin = {
    experiment_id: experiment.experiment_id,
    user_id: fields.text('user_id') ?? '',
    start_time: readTime(fields, 'start_time') || clock().getTime(),
    run_name: name,
  };
  const run = await runs.create(
    begin,
    { ...Object.fromEntries(tags), [nameTag]: cut(name, limits.tag) },
    experiment.name,
  );
  return { run: runDocument(run) };
};

export const getRun: Operation = async ({ runs }, fields) => {
  return { run: runDocument(await runs.find(fields.runId())) };
};

export const updateRun: Operation = async (tracking, fields) => {
  const id = fields.runId();
  const status = fields.choice('status', runStatuses);
  const end = readTime(fields, 'end_time');
  const name = fields.text('run_name') ?? '';
  await logTo(tracking, id, () => ({
    ...(status !== null && { status }),
    ...(end !== null && { end_time: end }),
    ...(name !== '' && { run_name: name, tags: { [nameTag]: name } }),
  }));
  return { run_info: runInfo(await tracking.runs.find(id)) };
};

export const deleteRun: Operation = async ({ runs }, fields) => {
  await runs.delete(fields.runId());
  return {};
};

export const restoreRun: Operation = async ({ runs }, fields) => {
  await runs.restore(fields.runId());
  return {};
};

export const searchForRuns: Operation = async ({ runs }, fields) => {
  const view = readView(fields, 'run_view_type');
  const query = {
    experimentIds: fields.texts('experiment_ids'),
    filter: fields.text('filter') ?? '',
    orderBy: fields.texts('order_by'),
  };
  const page = { maxResults: readMaxResults(fields), token: fields.text('page_token') };
  const all = [
    ...(view === 'DELETED_ONLY' ? [] : await runs.all(false)),
    ...(view === 'ACTIVE_ONLY' ? [] : await runs.all(true)),
  ];
  const { page: found, next } = pageOf(searchRuns(all, query), page);
  return withoutEmpty({ runs: found.map(runDocument), next_page_token: next });
};
