import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/index.ts';
import { temporaryFolder } from '../support/fixtures.ts';
import { mlflow, refused } from './exchange.ts';

const ended = (end_time: number) => ({ status: 'FINISHED', end_time });

test.each([1_700_000_000_000_000, 9_000_000_000_000_000])(
  'a time of %d ms, which no record can hold, is refused and leaves the run as it was',
  async (time) => {
    const { runsDir, api, post, newRun } = mlflow(temporaryFolder());
    const run_id = await newRun();
    const message = refused(
      `Invalid value ${time} for parameter 'end_time' supplied: allowed: ms since 1970`,
    );
    expect(await post('runs/update', { run_id, ...ended(time) })).toMatchObject(message);
    expect(await post('runs/create', { start_time: time })).toMatchObject(refused("parameter 'start_time'"));
    expect(await post('runs/log-metric', { run_id, key: 'loss', value: 1, timestamp: 1 })).toEqual({});
    expect(await post('runs/update', { run_id, ...ended(2500) })).toMatchObject({
      run_info: { end_time: 2500 },
    });
    expect(await openStore(runsDir).run(run_id)).toMatchObject({ state: 'finished', seconds: 1.5 });
    await api.close();
  },
);

test('a run whose journal and record have such a time from before is read, and logged to', async () => {
  const { runsDir, api, newRun } = mlflow(temporaryFolder());
  const run_id = await newRun();
  await api.close();
  const folder = join(runsDir, 'runs', run_id);
  await appendFile(join(folder, 'mlflow.jsonl'), `${JSON.stringify(ended(1_700_000_000_000_000))}\n`);
  const record = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as object;
  const poisoned = { ...record, state: 'finished', finished: '+055840-12-04T00:00:00.000Z', seconds: 1e12 };
  await writeFile(join(folder, 'run.json'), JSON.stringify(poisoned));
  expect((await openStore(runsDir).run(run_id)).finished).toBe(null);
  const again = mlflow(runsDir);
  expect(await again.post('runs/set-tag', { run_id, key: 'a', value: 'b' })).toEqual({});
  expect((await openStore(runsDir).run(run_id)).finished).toMatch(/^2026-/);
  await again.api.close();
});

test('of several values of a metric at one step the latest counts, for the curve as for the summary', async () => {
  const { runsDir, api, post, newRun } = mlflow(temporaryFolder());
  const run_id = await newRun();
  const log = (value: number, timestamp: number, step = 3) =>
    post('runs/log-metric', { run_id, key: 'val_loss', value, timestamp, step });
  await log(1, 0, 2);
  await log(0.5, 2);
  await log(0.75, 2);
  const store = openStore(runsDir);
  const { cursor } = await store.metricsFrom(run_id, 0);
  await log(0.25, 1);
  await api.close();
  // Of a run that is followed, too.
  const since = await store.metricsFrom(run_id, cursor);
  expect(since.epochs).toEqual([{ epoch: 3, val_loss: 0.75 }]);
  expect((await store.metricsFrom(run_id, since.cursor)).epochs).toEqual([]);
  expect((await store.run(run_id)).summary).toMatchObject({ val_loss: 0.75 });
  expect((await store.metrics(run_id)).at(-1)).toMatchObject({ epoch: 3, val_loss: 0.75 });
});
