import { expect, test } from 'vitest';
import { readFiles, refusalOf } from './imported.ts';

const experiment = 'experiment_id: 12\nlifecycle_stage: active\nname: cells\n';
const meta = (more = '', status = '3') =>
  `run_id: r\nrun_uuid: r\nexperiment_id: '12'\nlifecycle_stage: active\nstatus: ${status}\nstart_time: 1700000000000\nend_time: 1700000090000\n${more}`;
const finished = { state: 'finished', created: '2023-11-14T22:13:20.000Z', seconds: 90 };

/** A run's folder below an experiment's, as releases of MLflow and their clients leave it, and what is in it. */
test.each<[string, Record<string, string>, object]>([
  [
    'as MLflow 1 names runs, by a tag',
    {
      'meta.yaml':
        "run_uuid: r\nname: ''\nentry_point_name: ''\nsource_type: 4\nstatus: 3\nend_time: null\nlifecycle_stage: active\n",
      'tags/mlflow.runName': 'old fox',
    },
    { name: 'old fox', outcome: { state: 'finished', seconds: null } },
  ],
  [
    'as MLflow 2 names runs',
    { 'meta.yaml': meta('run_name: bold-fox\ntags: []\n') },
    { name: 'bold-fox', outcome: finished },
  ],
  ['with its status in words', { 'meta.yaml': meta('', 'FINISHED') }, { outcome: finished }],
  [
    'that runs, or did when its machine went',
    { 'meta.yaml': meta('', '1') },
    { outcome: { state: 'interrupted' } },
  ],
  ['that was killed', { 'meta.yaml': meta('', '5') }, { outcome: { state: 'interrupted' } }],
  [
    'that failed',
    { 'meta.yaml': meta('', '4') },
    { outcome: { state: 'failed', error: 'MLflow says that the run failed' } },
  ],
  [
    'with keys of folders, dots and spaces',
    {
      'meta.yaml': meta(),
      'metrics/test/top 5.acc': '1700000001000 0.5 0\n',
      'params/opt/name': 'Adam',
      'params/decay rate': '1e-4',
      'params/nesterov': 'False',
    },
    {
      summary: { 'test_top 5.acc': 0.5 },
      parameters: { 'opt/name': 'Adam', 'decay rate': 0.0001, nesterov: false },
    },
  ],
  [
    'with values out of order, of which the greatest step and then the latest time counts',
    { 'meta.yaml': meta(), 'metrics/val_loss': '5 0.25 2\n9 0.75 1\n7 0.5 2\n6 0.125 2\n' },
    { summary: { val_loss: 0.5, epochs: 2 }, epochs: [{ epoch: 1, val_loss: 0.75 }, { epoch: 2 }] },
  ],
  [
    'with two values of one step and time, of which the greater counts',
    { 'meta.yaml': meta(), 'metrics/val_loss': '5 0.75 2\n5 0.25 2\n' },
    { summary: { val_loss: 0.75 }, epochs: [{ epoch: 2, val_loss: 0.75 }] },
  ],
  [
    'with numbers that are not finite',
    { 'meta.yaml': meta(), 'metrics/loss': '1 nan 0\n1 inf 1\n1 -inf 2\n' },
    { epochs: [{ loss: Number.NaN }, { loss: Infinity }, { loss: -Infinity }] },
  ],
  [
    "as Keras's autologging leaves it, with inputs, outputs and artifacts",
    {
      'meta.yaml': meta('run_name: auto\n'),
      'metrics/loss': '1 1 0\n2 0.5 1\n',
      'metrics/val_accuracy': '1 0.5 0\n2 0.75 1\n',
      'metrics/stopped_epoch': '2 1 2\n',
      'params/opt_learning_rate': '0.0010000000474974513',
      'params/class_weight': 'None',
      'inputs/abc/meta.yaml': 'source_type: DATASET\ndestination_id: abc\n',
      'outputs/m-1/meta.yaml': 'source_type: RUN_OUTPUT\n',
      'artifacts/model_summary.txt': 'Model: "sequential"\n',
      'tags/mlflow.autologging': 'tensorflow',
    },
    {
      summary: { train_loss: 0.5, val_accuracy: 0.75, stopped_epoch: 1, epochs: 3 },
      parameters: { opt_learning_rate: 0.0010000000474974513, class_weight: 'None' },
    },
  ],
  [
    'that logged nothing',
    { 'meta.yaml': meta() },
    { parameters: {}, epochs: [], summary: { epochs: Number.NaN } },
  ],
])('a run of MLflow %s', async (_, files, expected) => {
  const inside = Object.entries(files).map(([path, text]) => [`mlruns/12/r/${path}`, text] as const);
  const found = await readFiles(
    { 'mlruns/12/meta.yaml': experiment, ...Object.fromEntries(inside) },
    'mlruns',
  );
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ program: 'MLflow', experiment: 'cells', ...expected });
});

/** As mlflow.search_runs() documents its columns, and pandas writes them: what a run lacks is empty. */
const searched = `,run_id,experiment_id,status,artifact_uri,start_time,end_time,metrics.val_loss,metrics.test_accuracy,params.lr,params.epochs,tags.mlflow.runName,tags.mlflow.user
0,b,12,FINISHED,mlflow-artifacts:/12/b,2023-11-14 22:13:20+00:00,2023-11-14 22:14:50.500000+00:00,0.5,0.75,0.01,20,bold-fox,ada
1,a,12,FAILED,mlflow-artifacts:/12/a,2023-11-14 22:00:00.125000+00:00,,inf,,Adam,,,ada
`;

test("MLflow's table of runs is a run a line", async () => {
  const [first, second, ...others] = await readFiles({ 'runs.csv': searched }, 'runs.csv');
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    ...{ name: 'bold-fox', program: 'MLflow', experiment: '12', parameters: { lr: 0.01, epochs: 20 } },
    summary: { val_loss: 0.5, test_accuracy: 0.75 },
    outcome: { state: 'finished', created: '2023-11-14T22:13:20.000Z', seconds: 90.5 },
  });
  expect(second).toMatchObject({
    parameters: { lr: 'Adam' },
    summary: { val_loss: Infinity, test_accuracy: Number.NaN },
    outcome: { state: 'failed', created: '2023-11-14T22:00:00.125Z', seconds: null },
  });
});

test.each([
  [
    'a word',
    searched.replace('0.75,', 'good,'),
    'line 2: metrics.test_accuracy: found "good"; allowed: a number',
  ],
  [
    'another status',
    searched.replace('FAILED', 'LOST'),
    'line 3: status: found LOST; allowed: 1 to 5, or RUNNING',
  ],
  [
    'a word for a time',
    searched.replace(/2023-\S+ 22:13:20\S+?,/, 'soon,'),
    'line 2: start_time: found "soon"; allowed: a time',
  ],
  [
    'no run',
    searched.slice(0, searched.indexOf('\n') + 1),
    ': found a table without runs; allowed: at least one',
  ],
])("MLflow's table of runs with %s is refused", async (_, text, message) => {
  expect(await refusalOf({ 'runs.csv': text }, 'runs.csv')).toContain(message);
});
