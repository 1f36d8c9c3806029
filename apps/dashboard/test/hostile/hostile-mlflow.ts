import type { HostileRequest } from './hostile-request.ts';
import { hostileBodies, hostileNames } from './hostile-values.ts';

const base = '/api/2.0/mlflow';
const files = '/api/2.0/mlflow-artifacts/artifacts';
const json = { 'content-type': 'application/json' };

const calls = [
  ...['experiments/create', 'experiments/update', 'experiments/search', 'experiments/set-experiment-tag'],
  ...['runs/create', 'runs/update', 'runs/search', 'runs/log-metric', 'runs/log-parameter', 'runs/log-batch'],
  ...['runs/set-tag', 'runs/delete-tag', 'runs/log-inputs', 'runs/outputs', 'runs/log-predictions'],
  ...['logged-models', 'logged-models/search', 'no/such/call', '__proto__', 'constructor'],
];

const wrong: readonly unknown[] = [
  { run_id: {}, key: [], value: 'x', timestamp: -1e308 },
  { run_id: '../../..', key: '__proto__', value: '1e999', step: 1e300 },
  { experiment_id: 1e308, name: { a: 1 }, start_time: 'yesterday', tags: 'none' },
  { experiment_ids: 'all', filter: 'metrics.`a` >>> 1', order_by: [7], max_results: -1 },
  { filter: `${'('.repeat(5000)}`, max_results: 1e99, page_token: '%%%' },
  { metrics: [{ key: '', value: null }], params: {}, tags: [null] },
  { metrics: Array.from({ length: 2000 }, () => ({})), run_id: 'none' },
  { model_id: 'm-none', name: 'x'.repeat(20_000), params: [[]] },
  { run_id: null, status: 'GONE', end_time: 'x', predictions: { validation: 1 } },
];

const queries = [
  'runs/get?run_id=..%2F..%2Fetc',
  'runs/get?run_id=a&run_id=b',
  'runs/get',
  'experiments/get?experiment_id=1e9',
  'experiments/get-by-name?experiment_name=%00',
  'experiments/search?max_results=abc',
  'experiments/search?max_results=-5&page_token=!!',
  'metrics/get-history?run_id=none&metric_key=..%2F..',
  'artifacts/list?run_id=none&path=..%2F..',
  'logged-models/..%2F..%2Fx',
  'logged-models/%25',
  `runs/get?run_id=${'a'.repeat(5000)}`,
];

/** Calls of MLflow's API that no client of MLflow makes; `run` is a run of Thaw's own. */
export function hostileMlflow(run: string): HostileRequest[] {
  const call = (path: string, body: string | Buffer): HostileRequest => ({
    ...{ method: 'POST', path: `${base}/${path}`, headers: json, body },
  });
  return [
    ...calls.flatMap((path, i) =>
      [0, 1, 2].map((turn) => call(path, JSON.stringify(wrong[(3 * i + turn) % wrong.length]))),
    ),
    ...hostileBodies.map((body, i) => call(calls[i % calls.length]!, body)),
    ...['runs/log-metric', 'runs/update', 'runs/log-predictions'].map((path) =>
      call(path, JSON.stringify({ run_id: run, key: 'loss', value: 1, timestamp: 1, status: 'FINISHED' })),
    ),
    ...queries.map((query) => ({ method: 'GET', path: `${base}/${query}` })),
    ...hostileNames.slice(0, 12).flatMap((name, i) => [
      {
        method: ['GET', 'PUT', 'DELETE'][i % 3]!,
        path: `${files}/0/${name}/artifacts/${name}`,
        ...(i % 3 === 1 && { body: 'x' }),
      },
    ]),
    { method: 'GET', path: `${files}?path=..%2F..` },
    { method: 'GET', path: `/api/9.9/mlflow/runs/get` },
  ];
}
