import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { processTable } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { expect, inject, it } from 'vitest';
import { localRuns, removeRunsOfDead } from '../src/distributed/local-runs.ts';
import { takeTrial, type Work } from '../src/distributed/take-trial.ts';
import { portOf, serveTracker } from '../src/distributed/tracker-server.ts';
import { TrialDesk } from '../src/distributed/trial-desk.ts';
import { sealTrial } from '../src/distributed/trial-queue.ts';
import type { OnTrialEvent, TrialJob, TrialOutcome } from '../src/executors/executor.ts';
import { provenance } from './chaos/trivial-records.ts';
import { job, summary } from './support/fixtures.ts';

const newFolder = () => mkdtempSync(join(inject('runFolder'), 'local-runs-'));
const token = 'a-secret-of-this-test';

const outcomes: [TrialOutcome, problems: number][] = [
  [{ state: 'finished', summary: summary(0.9, Number.NaN, { gap: Number.NaN, test_loss: Number.NaN }) }, 0],
  [{ state: 'interrupted' }, 0],
  // Figures of a sealed test set, which the tracker refuses.
  [{ state: 'finished', summary: summary(0.9, 0.5) }, 1],
];
it.each(outcomes)('a worker keeps no run whose trial has ended here as %j', async (outcome, problems) => {
  const store = openStore(newFolder());
  const desk = new TrialDesk({ store, sweep: 'sweep', settled: [], leaseMs: 60_000, note: () => undefined });
  void desk.offer({ ...job(0), test: false }, () => undefined);
  const server = await serveTracker({ desk, token, host: '127.0.0.1', port: 0 });
  const runsDir = newFolder();
  const ids: string[] = [];
  const run = async ({ runsDir: here }: TrialJob, observe: OnTrialEvent) => {
    const { id } = await openStore(here).createRun({ ...job(0), settings: null, provenance });
    ids.push(id);
    observe({ type: 'run', run: id }, 0);
    return outcome;
  };
  const { signal } = new AbortController();
  const work = {
    ...{ token, runsDir, workers: 1, data: null, leaseMs: 60_000, name: 'worker', provenance },
    ...{ stopping: signal, signal, note: () => undefined, pool: { run, stopTrial: () => undefined } },
  } as unknown as Work;
  const tracker = `http://127.0.0.1:${portOf(server)}`;
  const sealed = sealTrial({ job: { ...job(0), fingerprint: '' }, asks: false, tracker }, token);
  const told: string[] = [];
  try {
    expect(await takeTrial(sealed, 1, work, (problem) => told.push(problem))).toBeNull();
  } finally {
    server.close();
    server.closeAllConnections();
  }
  expect([ids.length, told.length]).toEqual([1, problems]);
  expect(readdirSync(join(localRuns(runsDir), 'runs'))).not.toContain(ids[0]);
});

it('a worker removes what killed workers of its host have left, and nothing of others', async () => {
  const runsDir = newFolder();
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const others = ['0123456789abcdef-1', `${processTable()}-${process.ppid}`];
  for (const name of [`${processTable()}-${dead}`, ...others]) {
    mkdirSync(join(dirname(localRuns(runsDir)), name, 'runs'), { recursive: true });
  }
  await removeRunsOfDead(runsDir);
  expect(readdirSync(join(runsDir, 'worker')).sort()).toEqual(others.sort());
});
