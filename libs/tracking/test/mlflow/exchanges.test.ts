import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { absent, mlflow, refused } from './exchange.ts';

// What MLflow's REST documentation, its handlers and its stores say of each, with the differences that its API has by intent.
const runsDir = mkdtempSync(join(tmpdir(), 'thaw-mlflow-'));
const server = mlflow(runsDir);
const { get, post, newRun } = server;
let run: string;
let other: string;
let deleted: string;

beforeAll(async () => {
  expect(await post('experiments/create', { name: 'first', tags: [{ key: 'team', value: 'a' }] })).toEqual({
    experiment_id: '1',
  });
  await post('experiments/create', { name: 'gone' });
  await post('experiments/delete', { experiment_id: '2' });
  run = await newRun({ experiment_id: '1', run_name: 'one', user_id: 'ada' });
  other = await newRun({ experiment_id: '1', run_name: 'two', start_time: 2000 });
  deleted = await newRun({ experiment_id: '1', run_name: 'three', start_time: 3000 });
  await post('runs/log-metric', { run_id: deleted, key: 'loss', value: 9, timestamp: 1 });
  await post('runs/delete', { run_id: deleted });
  await post('runs/log-batch', {
    run_id: run,
    metrics: [
      { key: 'loss', value: 0.5, timestamp: 10, step: 2 },
      { key: 'loss', value: 0.9, timestamp: 30, step: 1 },
      { key: 'loss', value: 'NaN', timestamp: 20, step: 0 },
    ],
    params: [{ key: 'lr', value: '0.1' }],
    tags: [{ key: 'kind', value: 'cnn' }],
  });
});
afterAll(async () => {
  await server.api.close();
  rmSync(runsDir, { recursive: true, force: true });
});

/** `RUN`, `OTHER` and `DELETED` stand for the runs' ids. */
function withIds(fields: object): object {
  const text = JSON.stringify(fields);
  return JSON.parse(
    text
      .replaceAll('"RUN"', `"${run}"`)
      .replaceAll('"OTHER"', `"${other}"`)
      .replaceAll('"DELETED"', `"${deleted}"`),
  ) as object;
}

const metric = { run_id: 'OTHER', key: 'm', value: 1, timestamp: 5 };
const manyMetrics = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ key: `m${i}`, value: 1, timestamp: 1 }));
const manyPairs = (n: number) => Array.from({ length: n }, (_, i) => ({ key: `k${i}`, value: 'v' }));
const token = (offset: unknown) => Buffer.from(JSON.stringify({ offset })).toString('base64');
const first = {
  experiment_id: '1',
  name: 'first',
  lifecycle_stage: 'active',
  artifact_location: 'mlflow-artifacts:/1',
};
const noExperiment = absent('No Experiment with id=99 exists');
const inactive = (what: string) => refused(`must be in the 'active' state. Current state is ${what}`);

describe('experiments', () => {
  it.each([
    ['GET', 'get', { experiment_id: '1' }, { experiment: { ...first, tags: [{ key: 'team', value: 'a' }] } }],
    ['GET', 'get', { experiment_id: '0' }, { experiment: { name: 'Default', lifecycle_stage: 'active' } }],
    ['GET', 'get', { experiment_id: '2' }, { experiment: { name: 'gone', lifecycle_stage: 'deleted' } }],
    ['GET', 'get', { experiment_id: '99' }, noExperiment],
    ['GET', 'get', {}, refused("Missing value for required parameter 'experiment_id'. See the API docs")],
    ['GET', 'get-by-name', { experiment_name: 'first' }, { experiment: first }],
    ['GET', 'get-by-name', { experiment_name: 'gone' }, { experiment: { lifecycle_stage: 'deleted' } }],
    ['GET', 'get-by-name', { experiment_name: 'none' }, absent("Could not find experiment with name 'none'")],
    ['GET', 'get-by-name', { experiment_name: '' }, refused("required parameter 'experiment_name'")],
    [
      'POST',
      'create',
      { name: 'first' },
      { error: 'RESOURCE_ALREADY_EXISTS', message: 'Experiment(name=first) already exists.' },
    ],
    [
      'POST',
      'create',
      { name: 'gone' },
      { error: 'RESOURCE_ALREADY_EXISTS', message: 'Experiment(name=gone) already exists in deleted state.' },
    ],
    [
      'POST',
      'create',
      { name: 7 },
      refused(`Invalid value 7 for parameter 'name' supplied: Hint: Value was of type 'int'.`),
    ],
    ['POST', 'create', { name: null }, refused("Missing value for required parameter 'name'")],
    ['POST', 'create', { name: 'x'.repeat(501) }, refused('exceeds the maximum length of 500')],
    ['POST', 'create', { name: 'tagged', tags: 'a' }, refused('Invalid value "a" for parameter \'tags\'')],
    ['POST', 'delete', { experiment_id: '99' }, noExperiment],
    ['POST', 'delete', { experiment_id: '2' }, inactive('deleted')],
    ['POST', 'restore', { experiment_id: '1' }, refused("must be in the 'deleted' state")],
    ['POST', 'update', { experiment_id: '1' }, refused("required parameter 'new_name'")],
    ['POST', 'update', { experiment_id: '1', new_name: 'Default' }, { error: 'RESOURCE_ALREADY_EXISTS' }],
    ['POST', 'set-experiment-tag', { experiment_id: '2', key: 'a', value: 'b' }, inactive('deleted')],
    [
      'GET',
      'search',
      { view_type: 'ALL', max_results: '1' },
      { experiments: [{ experiment_id: '2' }], next_page_token: token(1) },
    ],
    ['GET', 'list', { view_type: 'DELETED_ONLY' }, { experiments: [{ experiment_id: '2' }] }],
    ['POST', 'search', { filter: "name LIKE 'fi%'" }, { experiments: [{ experiment_id: '1' }] }],
    [
      'POST',
      'search',
      { filter: "tags.team = 'a'", order_by: ['name DESC'] },
      { experiments: [{ experiment_id: '1' }] },
    ],
    ['POST', 'search', { filter: "name = 'none'" }, {}],
    ['POST', 'search', { filter: 'size > 1' }, refused("Invalid attribute key 'size' specified")],
  ] as const)('%s %s %j', async (method, call, fields, expected) => {
    const ask = method === 'GET' ? get : post;
    expect(await ask(`experiments/${call}`, fields)).toMatchObject(expected);
  });
});

describe('runs', () => {
  it.each([
    ['create', { experiment_id: '99' }, noExperiment],
    ['create', { experiment_id: '2' }, inactive('deleted')],
    [
      'create',
      { run_name: 'a', tags: [{ key: 'mlflow.runName', value: 'b' }] },
      refused(
        "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='a', mlflow.runName='b').",
      ),
    ],
    ['create', { start_time: 'soon' }, refused('Invalid value "soon" for parameter \'start_time\'')],
    ['create', { start_time: 1.5 }, refused('start_time')],
    ['update', { run_id: 'DELETED', status: 'FINISHED' }, inactive('deleted')],
    ['update', { run_id: 'OTHER', status: 'DONE' }, refused(/status/)],
    ['update', { run_id: 'OTHER', status: 9 }, refused("Invalid value 9 for parameter 'status'")],
    ['update', { run_id: 'OTHER', status: 1 }, { run_info: { status: 'RUNNING' } }],
    [
      'search',
      { experiment_ids: ['1'], run_view_type: 'NONE' },
      refused('allowed: ACTIVE_ONLY, DELETED_ONLY, ALL'),
    ],
    [
      'update',
      { run_id: 'OTHER', status: 'FAILED', end_time: '2500' },
      { run_info: { status: 'FAILED', end_time: 2500, run_name: 'two', lifecycle_stage: 'active' } },
    ],
    ['update', { status: 'FAILED' }, refused("Missing value for required parameter 'run_id'")],
    ['delete', { run_id: 'none' }, absent('Run with id=none not found')],
    ['delete', { run_id: '../../x' }, absent('Run with id=../../x not found')],
    ['restore', { run_id: 'none' }, absent('Run with id=none not found')],
    ['log-metric', metric, {}],
    ['log-metric', { ...metric, run_id: undefined, run_uuid: 'OTHER' }, {}],
    ['log-metric', { runId: 'OTHER', key: 'm', value: '1e3', timestamp: '6', step: 3.0 }, {}],
    ['log-metric', { ...metric, value: '-Infinity', step: 1 }, {}],
    [
      'log-metric',
      { ...metric, value: null },
      refused(
        "Missing value for required parameter 'value'. See the API docs for more information about request parameters. null counts as left out",
      ),
    ],
    [
      'log-metric',
      { ...metric, value: 'nan' },
      refused("Invalid value \"nan\" for parameter 'value' supplied: Hint: Value was of type 'str'."),
    ],
    ['log-metric', { ...metric, value: [1] }, refused("of type 'list'")],
    ['log-metric', { ...metric, timestamp: undefined }, refused("required parameter 'timestamp'")],
    ['log-metric', { ...metric, timestamp: 1.5 }, refused("Invalid value 1.5 for parameter 'timestamp'")],
    ['log-metric', { ...metric, timestamp: -1 }, refused('Timestamp must be a nonnegative long')],
    ['log-metric', { ...metric, step: '1.5' }, refused("for parameter 'step'")],
    ['log-metric', { ...metric, key: '' }, refused("required parameter 'key'")],
    [
      'log-metric',
      { ...metric, key: '../m' },
      refused("Invalid metric name: '../m'. Names may be treated as files"),
    ],
    ['log-metric', { ...metric, key: 'a//b' }, refused("This name would resolve to 'a/b'")],
    ['log-metric', { ...metric, key: 'a;b' }, refused("Invalid metric name: 'a;b'. Names may only contain")],
    ['log-metric', { ...metric, key: 'Genauigkeit für 猫/α: 1' }, {}],
    [
      'log-metric',
      { ...metric, key: 'k'.repeat(251) },
      refused('had length 251, which exceeded length limit of 250'),
    ],
    ['log-metric', { ...metric, run_id: 'DELETED' }, inactive('deleted')],
    ['log-metric', { ...metric, run_id: 'none' }, absent('Run with id=none not found')],
    ['log-parameter', { run_id: 'RUN', key: 'lr', value: '0.1' }, {}],
    [
      'log-parameter',
      { run_id: 'RUN', key: 'lr', value: '0.2' },
      refused(
        "Changing param values is not allowed. Param with key='lr' was already logged with value='0.1'",
      ),
    ],
    [
      'log-parameter',
      { run_id: 'RUN', key: 'n', value: 3 },
      refused("Invalid value 3 for parameter 'value'"),
    ],
    ['log-parameter', { run_id: 'OTHER', key: 'empty' }, {}],
    ['set-tag', { run_id: 'OTHER', key: 'note', value: 'x' }, {}],
    ['delete-tag', { run_id: 'OTHER', key: 'never' }, absent(/^No tag with name: never in run with id/)],
    [
      'log-batch',
      { run_id: 'OTHER', metrics: manyMetrics(1001) },
      refused('can contain at most 1000 metrics. Got 1001 metrics.'),
    ],
    ['log-batch', { run_id: 'OTHER', params: manyPairs(101) }, refused('at most 100 params')],
    ['log-batch', { run_id: 'OTHER', tags: manyPairs(101) }, refused('at most 100 tags')],
    [
      'log-batch',
      { run_id: 'OTHER', metrics: manyMetrics(950), params: manyPairs(51) },
      refused('at most 1000 metrics, params, and tags. Got 1001'),
    ],
    [
      'log-batch',
      {
        run_id: 'OTHER',
        params: [
          { key: 'a', value: '1' },
          { key: 'a', value: '1' },
        ],
      },
      refused('Duplicate parameter keys have been submitted: ["a"]'),
    ],
    [
      'log-batch',
      { run_id: 'OTHER', metrics: [{ key: 'half', value: 1 }] },
      refused("Missing value for required parameter 'metrics[0].timestamp'"),
    ],
    [
      'log-batch',
      { run_id: 'OTHER', metrics: {} },
      refused("Invalid value {} for parameter 'metrics' supplied: Hint: Value was of type 'dict'"),
    ],
    ['log-batch', { run_id: 'OTHER' }, {}],
    [
      'log-inputs',
      {
        run_id: 'OTHER',
        datasets: [
          {
            tags: [{ key: 'mlflow.data.context', value: 'train' }],
            dataset: { name: 'd', digest: '1', source_type: 'code', source: '{}' },
          },
        ],
      },
      {},
    ],
    [
      'log-inputs',
      { run_id: 'OTHER', datasets: [{ dataset: { name: 'd' } }] },
      refused("required parameter 'datasets[0].dataset.digest'"),
    ],
    [
      'search',
      { experiment_ids: ['1'] },
      { runs: [{ info: { run_name: 'two' } }, { info: { run_name: 'one' } }] },
    ],
    [
      'search',
      { experiment_ids: ['1'], run_view_type: 'DELETED_ONLY' },
      { runs: [{ info: { run_name: 'three', lifecycle_stage: 'deleted' } }] },
    ],
    [
      'search',
      { experiment_ids: ['1'], max_results: 1 },
      { runs: [{ info: { run_name: 'two' } }], next_page_token: token(1) },
    ],
    [
      'search',
      { experiment_ids: ['1'], max_results: 1, page_token: token(1) },
      { runs: [{ info: { run_name: 'one' } }] },
    ],
    [
      'search',
      { experiment_ids: ['1'], page_token: 'x' },
      refused('Invalid page token, could not base64-decode'),
    ],
    [
      'search',
      { experiment_ids: ['1'], page_token: token('a') },
      refused('Invalid page token, parsed value='),
    ],
    [
      'search',
      { experiment_ids: ['1'], max_results: 50_001 },
      refused('It must be at most 50000, but got value 50001'),
    ],
    ['search', { experiment_ids: ['1'], max_results: 0 }, refused('positive integer')],
    ['search', { experiment_ids: '1' }, refused('Invalid value "1" for parameter \'experiment_ids\'')],
    ['search', { experiment_ids: ['0'] }, {}],
    ['search', {}, {}],
    [
      'search',
      { experiment_ids: ['1'], filter: 'metrics.loss < 0.6 and params.lr = "0.1"' },
      { runs: [{ info: { run_name: 'one' } }] },
    ],
    [
      'search',
      { experiment_ids: ['1'], filter: "params.`lr` != 'z'" },
      { runs: [{ info: { run_name: 'one' } }] },
    ],
    [
      'search',
      { experiment_ids: ['1'], filter: "tags.kind ILIKE 'C%' AND attributes.status = 'RUNNING'" },
      { runs: [{ info: { run_name: 'one' } }] },
    ],
    [
      'search',
      { experiment_ids: ['1'], filter: "run_name IN ('two')" },
      refused("Only the 'run_id' attribute supports comparison with a list"),
    ],
    [
      'search',
      { experiment_ids: ['1'], filter: 'start_time >= 2000' },
      { runs: [{ info: { run_name: 'two' } }] },
    ],
    [
      'search',
      { experiment_ids: ['1'], filter: "metrics.loss < 1 OR params.lr = '1'" },
      refused('Invalid clause(s) in filter string'),
    ],
    [
      'search',
      { experiment_ids: ['1'], filter: "colour = 'red'" },
      refused("Invalid attribute key 'colour' specified"),
    ],
    ['search', { experiment_ids: ['1'], filter: "paint.x = 'red'" }, refused("Invalid entity type 'paint'")],
    [
      'search',
      { experiment_ids: ['1'], filter: 'params.lr = 0.1' },
      refused('Expected a quoted string value'),
    ],
    [
      'search',
      { experiment_ids: ['1'], filter: "metrics.loss = 'a'" },
      refused('Expected numeric value type'),
    ],
    ['search', { experiment_ids: ['1'], filter: "tags.kind > 'a'" }, refused("Invalid comparator '>'")],
    [
      'search',
      { experiment_ids: ['1'], order_by: ['metrics.loss DESC'] },
      { runs: [{ info: { run_name: 'one' } }, { info: { run_name: 'two' } }] },
    ],
    [
      'search',
      { experiment_ids: ['1'], order_by: ['metrics.loss sideways'] },
      refused('Invalid order_by clause'),
    ],
  ] as const)('%s %j', async (call, fields, expected) => {
    const answered = await post(`runs/${call}`, withIds(fields));
    if (Object.keys(expected).length === 0) expect(answered).toEqual({});
    else expect(answered).toMatchObject(expected);
  });
});

describe('what was logged', () => {
  it('has the latest value by step, and everything by time', async () => {
    const found = (await get('runs/get', { run_id: run })) as { run: { data: { metrics: object[] } } };
    expect(found.run.data).toEqual({
      metrics: [{ key: 'loss', value: 0.5, timestamp: 10, step: 2 }],
      params: [{ key: 'lr', value: '0.1' }],
      tags: [
        { key: 'mlflow.runName', value: 'one' },
        { key: 'kind', value: 'cnn' },
      ],
    });
    const all = [
      { key: 'loss', value: 0.5, timestamp: 10, step: 2 },
      { key: 'loss', value: 'NaN', timestamp: 20, step: 0 },
      { key: 'loss', value: 0.9, timestamp: 30, step: 1 },
    ];
    expect(await get('metrics/get-history', { run_id: run, metric_key: 'loss' })).toEqual({ metrics: all });
    const page = { run_id: run, metric_key: 'loss', max_results: '2' };
    expect(await get('metrics/get-history', page)).toEqual({
      metrics: all.slice(0, 2),
      next_page_token: token(2),
    });
    expect(await get('metrics/get-history', { ...page, page_token: token(2) })).toEqual({
      metrics: all.slice(2),
    });
    expect(await get('metrics/get-history', { run_id: run, metric_key: 'none' })).toEqual({});
    expect(await get('metrics/get-history', { run_id: run })).toMatchObject(refused("'metric_key'"));
  });

  it('counts once what a client sends twice, because it did not hear the answer', async () => {
    const again = await newRun();
    const point = { run_id: again, key: 'loss', value: 1, timestamp: 1, step: 1 };
    await post('runs/log-metric', point);
    await post('runs/log-metric', point);
    await post('runs/log-metric', { ...point, value: 2 });
    expect(await get('metrics/get-history', { run_id: again, metric_key: 'loss' })).toMatchObject({
      metrics: [{ value: 1 }, { value: 2 }],
    });
  });

  it('is answered of a deleted run, which comes back as it was', async () => {
    expect(await get('runs/get', { run_id: deleted })).toMatchObject({
      run: { info: { lifecycle_stage: 'deleted' }, data: { metrics: [{ key: 'loss', value: 9 }] } },
    });
    expect(await post('runs/restore', { run_id: deleted })).toEqual({});
    expect(
      await post('runs/log-metric', { run_id: deleted, key: 'loss', value: 8, timestamp: 2, step: 1 }),
    ).toEqual({});
    expect(await get('runs/get', { run_id: deleted })).toMatchObject({
      run: { info: { lifecycle_stage: 'active' }, data: { metrics: [{ key: 'loss', value: 8 }] } },
    });
  });

  it('goes and comes with its experiment', async () => {
    const { experiment_id } = (await post('experiments/create', { name: 'whole' })) as {
      experiment_id: string;
    };
    const [a, b] = [await newRun({ experiment_id }), await newRun({ experiment_id })];
    await post('runs/delete', { run_id: b });
    await post('experiments/delete', { experiment_id });
    expect(await post('runs/set-tag', { run_id: a, key: 'k', value: 'v' })).toMatchObject(
      inactive('deleted'),
    );
    await post('experiments/restore', { experiment_id });
    const found = (await post('runs/search', { experiment_ids: [experiment_id] })) as { runs: unknown[] };
    expect(found.runs).toHaveLength(2);
  });

  it('cuts values that are too long and keeps the run name and its tag one', async () => {
    const id = await newRun({ run_name: 'before' });
    await post('runs/log-batch', {
      run_id: id,
      params: [{ key: 'p', value: 'x'.repeat(7000) }],
      tags: [{ key: 'mlflow.runName', value: 'after' }],
    });
    expect(await get('runs/get', { run_id: id })).toMatchObject({
      run: { info: { run_name: 'after' }, data: { params: [{ value: 'x'.repeat(6000) }] } },
    });
    await post('runs/update', { run_id: id, run_name: 'last' });
    expect(await get('runs/get', { run_id: id })).toMatchObject({
      run: { data: { tags: [{ key: 'mlflow.runName', value: 'last' }] } },
    });
  });
});

test('a model that a run logs is made, finished, tagged, found and deleted, as clients of MLflow 3 do', async () => {
  const { ask } = server;
  const created = (await post('logged-models', {
    experiment_id: '1',
    name: 'cells',
    source_run_id: run,
    params: [{ key: 'a', value: '1' }],
  })) as { model: { info: { model_id: string } } };
  const id = created.model.info.model_id;
  expect(created.model.info).toMatchObject({
    status: 'LOGGED_MODEL_PENDING',
    source_run_id: run,
    artifact_uri: `mlflow-artifacts:/1/models/${id}/artifacts`,
  });
  expect(await ask('PATCH', `logged-models/${id}`, { status: 'LOGGED_MODEL_READY' })).toMatchObject({
    model: { info: { status: 'LOGGED_MODEL_READY' }, data: { params: [{ key: 'a', value: '1' }] } },
  });
  expect(await ask('PATCH', `logged-models/${id}`, { status: 'DONE' })).toMatchObject(refused('status'));
  expect(await post(`logged-models/${id}/params`, { params: [{ key: 'b', value: '2' }] })).toEqual({});
  await ask('PATCH', `logged-models/${id}/tags`, { tags: [{ key: 't', value: 'x' }] });
  expect(await get(`logged-models/${id}`, {})).toMatchObject({
    model: { info: { tags: [{ key: 't', value: 'x' }] }, data: { params: [{ key: 'a' }, { key: 'b' }] } },
  });

  // As MLflow's documentation has searches of models.
  const other = (await post('logged-models', { experiment_id: '1', name: 'zebras' })) as typeof created;
  const search = async (filter: string, field_name = 'creation_time', ascending = true) => {
    const order_by = [{ field_name, ascending }];
    const answer = await post('logged-models/search', { experiment_ids: ['1'], filter, order_by });
    const { models } = answer as { models?: (typeof created)['model'][] };
    return 'error' in answer ? answer : (models ?? []).map(({ info }) => info.model_id);
  };
  const second = other.model.info.model_id;
  expect(await search('')).toEqual([id, second]);
  expect(await search('', 'creation_time', false)).toEqual([second, id]);
  expect(await search('', 'attributes.name', false)).toEqual([second, id]);
  expect(await search('', 'params.a', false)).toEqual([id, second]);
  for (const filter of [
    ...["name = 'cells'", "name IN ('cells', 'x')", "attributes.name LIKE 'c%'", `source_run_id = '${run}'`],
    ...["params.a = '1' AND params.`b` != '3'", "tags.t = 'x'", `model_id = '${id}' AND creation_time > 1`],
  ])
    expect(await search(filter)).toEqual([id]);
  expect(await search('creation_timestamp < 1')).toEqual([]);
  expect(await search("params.none != 'x'")).toEqual([]);
  for (const [filter, message] of [
    ['metrics.accuracy > 0.9', 'metrics are kept of runs here'],
    ["name = 'cells' OR name = 'x'", 'Invalid clause'],
    ["param.a = '1'", "Invalid entity type: 'param'"],
    ["colour = 'red'", "Invalid attribute key 'colour'"],
    ['params.a = 1', 'Expected a quoted string value'],
    ["creation_time = 'now'", 'Expected numeric value'],
  ] as const)
    expect(await search(filter)).toMatchObject(refused(message));
  expect(await ask('DELETE', `logged-models/${second}`, {})).toEqual({});

  expect(await ask('DELETE', `logged-models/${id}/tags/t`, {})).toEqual({});
  expect(await post('logged-models/search', { experiment_ids: ['1'] })).toMatchObject({
    models: [{ info: { model_id: id } }],
  });
  expect(await ask('DELETE', `logged-models/${id}`, {})).toEqual({});
  expect(await get(`logged-models/${id}`, {})).toMatchObject(absent('not found'));
  expect(await get('logged-models/..%2f..%2fx', {})).toMatchObject(absent('not found'));
  expect(await post('logged-models/search', { experiment_ids: ['1'] })).toEqual({});
});
