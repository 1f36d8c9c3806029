import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent } from '@thaw/analysis';
import { newSweepId, openStore } from '@thaw/tracking';
import { expect, it, onTestFinished } from 'vitest';
import { runSweepJob } from '../src/jobs/run-sweep-job.ts';
import { tinyExperiment } from './support/tiny-experiment.ts';

it('a sweep that is stopped before it has read anything is not begun', async () => {
  const runsDir = mkdtempSync(join(tmpdir(), 'thaw-sweep-job-'));
  onTestFinished(() => {
    rmSync(runsDir, { recursive: true, force: true });
  });
  const id = newSweepId('tiny', new Date());
  const outcome = await runSweepJob(
    {
      from: { id, file: 'e.yaml', text: tinyExperiment([2]) },
      ...{ workers: 1, retryFailed: false, directory: process.cwd() },
      allowed: { folders: [], programs: false },
    },
    {
      runsDir,
      listener: silent,
      send: () => undefined,
      signal: new AbortController().signal,
      onOrder: (hear) => {
        hear({ do: 'stop' });
      },
    },
  );
  expect(outcome).toEqual({ state: null, stopped: true });
  expect((await openStore(runsDir).sweeps()).sweeps).toEqual([]);
});
