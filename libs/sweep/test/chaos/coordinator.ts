/**
 * The sweep's own process in the chaos test: `coordinator.ts RUNS_DIR TRIALS WORKERS [SWEEP]` runs a new sweep of trivial trials, or
 * what is left of one.
 */
import { ProcessPool } from '../../src/executors/process-pool.ts';
import { runTrivialSweep } from './run-trivial-sweep.ts';

const [runsDir, trials, count, earlier] = process.argv.slice(2) as [string, string, string, string?];
const workers = Number(count);
await runTrivialSweep({
  runsDir,
  trials: Number(trials),
  workers,
  retry: 50,
  earlier: earlier ?? null,
  patienceMs: 3000,
  start: () =>
    new ProcessPool({
      workers,
      module: new URL('./chaos-trial.ts', import.meta.url),
      patience: { silenceMs: 2000, standstillMs: 30_000 },
    }),
});
