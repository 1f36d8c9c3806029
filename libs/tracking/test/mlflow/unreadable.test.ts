import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/fixtures.ts';
import { mlflow } from './exchange.ts';

test('experiments that cannot be read are not taken for none, and keep no run from being logged', async () => {
  const { runsDir, api, get, post, newRun } = mlflow(temporaryFolder());
  const run_id = await newRun();
  await mkdir(join(runsDir, 'mlflow', 'experiments.json'), { recursive: true });
  const unreadable = {
    error: 'TEMPORARILY_UNAVAILABLE',
    message: /experiments\.json cannot be read: EISDIR/,
  };
  for (const answer of [
    await get('experiments/get', { experiment_id: '0' }),
    await post('experiments/create', { name: 'a' }),
  ])
    expect(answer).toEqual({ ...unreadable, message: expect.stringMatching(unreadable.message) as string });
  expect(await post('runs/log-metric', { run_id, key: 'loss', value: 1, timestamp: 1 })).toEqual({});
  await api.close();
});
