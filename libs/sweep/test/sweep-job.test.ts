import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newSweepId, openStore } from '@thaw/tracking';
import { expect, onTestFinished, test } from 'vitest';
import { argumentsFor } from '../src/executors/node-arguments.ts';
import { JobRunner } from '../src/jobs/job-runner.ts';
import { tinyExperiment } from './support/tiny-experiment.ts';

test('a sweep whose server was killed goes on with the next one, and each trial counts once', async () => {
  const runsDir = mkdtempSync(join(tmpdir(), 'thaw-sweep-job-'));
  onTestFinished(() => {
    rmSync(runsDir, { recursive: true, force: true });
  });
  const id = newSweepId('tiny', new Date());
  const program = new URL('./support/sweep-job-parent.ts', import.meta.url);
  const parent = fork(fileURLToPath(program), [runsDir, id, tinyExperiment([2, 600, 3])], {
    execArgv: argumentsFor(program),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // As soon as the first trial has ended and the second runs.
  const ended = once(parent, 'exit');
  await once(parent, 'message');
  parent.kill('SIGKILL');
  await ended;

  const runner = new JobRunner({ runsDir });
  onTestFinished(() => runner.close());
  const job = runner.start('sweep', id, {
    ...{ from: { resume: id, file: null }, workers: 1, retryFailed: false, directory: runsDir },
    allowed: { folders: [runsDir], programs: false },
  });
  expect(await job.ended).toEqual({ state: 'finished', outcome: { state: 'finished', stopped: false } });
  expect(job.session).toMatchObject({ waiting: 0, running: [], finished: 3, failed: 0, interrupted: 0 });
  expect(job.log.since(0).lines[0]).toMatch(
    /^Sweep .*: \d trials? to run, engine \w+, [12] known from before$/,
  );

  const store = openStore(runsDir);
  const { trials, state } = await store.sweep(id);
  expect([state, trials.map(({ number, state: each }) => [number, each])]).toEqual([
    'finished',
    [0, 1, 2].map((number) => [number, 'finished']),
  ]);
  const { runs } = await store.runs();
  const finished = runs.filter((run) => run.state === 'finished').map(({ number }) => number);
  expect(finished.sort()).toEqual([0, 1, 2]);
});
