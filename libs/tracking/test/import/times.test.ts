import { expect, test } from 'vitest';
import { importedRecord } from '../../src/import/imported-run.ts';
import { readFiles, refusalOf } from './imported.ts';

const meta = (start: string, end: string) =>
  `run_id: a\nstatus: 3\nlifecycle_stage: active\nstart_time: ${start}\nend_time: ${end}\n`;
const mlruns = (start: string, end: string) => ({
  'mlruns/1/a/meta.yaml': meta('1700000000000', '1700000001000'),
  'mlruns/1/b/meta.yaml': meta(start, end).replace('run_id: a', 'run_id: b'),
});
const allowed = 'allowed: a time of the years 0 to 9999';

/** Times that no record can hold, in one run of several: none is made. */
test.each<[string, Record<string, string>, string, string]>([
  [
    'MLflow, in us in place of ms',
    mlruns('1700000000000', '1700000000000000'),
    'mlruns',
    `mlruns/1/b/meta.yaml: end_time: found 1700000000000000; ${allowed}`,
  ],
  [
    'MLflow, beyond what JavaScript can hold',
    mlruns('9000000000000000', 'null'),
    'mlruns',
    `mlruns/1/b/meta.yaml: start_time: found 9000000000000000; ${allowed}`,
  ],
  [
    'MLflow, in words',
    mlruns('yesterday', 'null'),
    'mlruns',
    `mlruns/1/b/meta.yaml: start_time: found yesterday; ${allowed}`,
  ],
  [
    "Optuna's trials",
    { 's.csv': 'number,value,datetime_start,state\n0,1,999999999999,COMPLETE\n' },
    's.csv',
    `s.csv, line 2: datetime_start: found "999999999999"; ${allowed}`,
  ],
  [
    "MLflow's table of runs",
    { 'r.csv': 'run_id,experiment_id,status,start_time,end_time\na,0,FINISHED,2024-05-01,999999999999\n' },
    'r.csv',
    `r.csv, line 2: end_time: found "999999999999"; ${allowed}`,
  ],
  [
    "W&B's table, with a time that no run takes",
    { 'w.csv': 'Name,State,Created,Runtime\na,finished,2024-05-01T10:00:00Z,1e15\n' },
    'w.csv',
    `w.csv, line 2: Runtime: found "1e15"; ${allowed}`,
  ],
  [
    "W&B's documented example",
    { 'w.csv': `,summary,config,name\n0,"{'_timestamp': 1e13, '_runtime': 5}",{},a\n` },
    'w.csv',
    `w.csv, line 2: summary: _timestamp, _runtime: found 10000000000000 and 5 s; ${allowed}`,
  ],
])('%s', async (_, files, path, message) => {
  expect(await refusalOf(files, path)).toBe(message);
});

test('a run without a beginning may not end after the years of records', async () => {
  const [run] = await readFiles({ 'w.csv': 'Name,State,Created,Runtime\na,finished,,253e9\n' }, 'w.csv');
  expect(() => importedRecord(run!, new Date('2026-01-01'))).toThrow(
    'w.csv: found a run of 253000000000 seconds; allowed: one that ends before the year 10000',
  );
});
