/**
 * What it costs to coordinate and to record: sweeps of 1,000 and 10,000 trials with a trivial objective, run by a trial process as
 * any sweep, in wall time and in processor time of both processes (Linux alone tells that of the other), and 100,000 metric points
 * from one run. `node --import tsx libs/sweep/bench/coordination.ts [TRIALS ...]` prints a line of JSON.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { processStat, sum } from '@thaw/base';
import { settingsSchema, type EpochRecord } from '@thaw/experiment';
import { createSampler } from '@thaw/search';
import { openStore, type RunStore } from '@thaw/tracking';
import { ProcessPool } from '../src/executors/process-pool.ts';
import { trialJobs } from '../src/begin/trial-jobs.ts';
import { runTrials } from '../src/run-trials.ts';
import { provenance, trivialExperiment } from '../test/chaos/trivial-records.ts';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000, 10_000];
const points = 100_000;
const epoch: EpochRecord = {
  epoch: 1,
  loss: 0.123456789,
  accuracy: 0.87654321,
  val_loss: 0.23456789,
  val_accuracy: 0.76543219,
  seconds: 1.2345,
  images_per_second: 4321.1234,
};
const pointsAnEpoch = Object.keys(epoch).length - 1;
const settings = settingsSchema.parse({});

const sweeps = [];
for (const trials of sizes) {
  const figures = await inNewStore((store, runsDir) => sweepOfTrivialTrials(store, runsDir, trials));
  sweeps.push({ trials, ...figures });
}
const points100k = await inNewStore((store) => metricPoints(store));
process.stdout.write(`${JSON.stringify({ sweeps, ...points100k })}\n`);

async function inNewStore<T>(measure: (store: RunStore, runsDir: string) => Promise<T>): Promise<T> {
  const runsDir = mkdtempSync(join(tmpdir(), 'thaw-coordination-'));
  try {
    return await measure(openStore(runsDir), runsDir);
  } finally {
    rmSync(runsDir, { recursive: true, force: true });
  }
}

async function sweepOfTrivialTrials(store: RunStore, runsDir: string, trials: number) {
  const used = trivialExperiment(trials);
  const writer = await store.createSweep({
    ...used,
    experimentText: '',
    experimentFile: used.file,
    engine: 'onnx',
    workers: 1,
  });
  const executor = new ProcessPool({
    workers: 1,
    module: new URL('./trivial-trial-process.ts', import.meta.url),
  });
  const nothing = () => undefined;
  let begun = 0;
  let processor = 0;
  await runTrials({
    experiment: used,
    sampler: createSampler('grid', used.parameters, { seed: 1, goal: 'maximize' }),
    executor,
    writer,
    known: [],
    pruner: null,
    knownReports: new Map(),
    isOver: () => false,
    maxTrials: trials,
    retry: 0,
    jobOf: trialJobs({
      experiment: used,
      sweep: writer.id,
      directory: process.cwd(),
      engine: 'onnx',
      device: 'cpu',
      workers: 1,
      runsDir,
    }),
    listener: {
      event: nothing,
      // The first trial waits for its process to start.
      ended: () => {
        if (begun > 0) return;
        begun = performance.now();
        processor = processorMs();
      },
      note: nothing,
    },
    signal: new AbortController().signal,
  });
  await writer.finish('finished');
  const milliseconds = performance.now() - begun;
  const processorMilliseconds = processorMs() - processor;
  await executor.close();
  return {
    ms_a_trial: milliseconds / (trials - 1),
    processor_ms_a_trial: processorMilliseconds / (trials - 1),
  };
}

/** What this process and those that it has started have had so far. */
function processorMs(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  const own = process.cpuUsage();
  const ticks = children
    .map((pid) => processStat(Number(pid)) ?? [])
    .flatMap((fields) => [fields[11], fields[12]]);
  const ticksPerSecond = 100;
  return (
    (own.user + own.system) / 1000 + (1000 * sum(ticks.map((each) => Number(each ?? 0)))) / ticksPerSecond
  );
}

/** Between two epochs other work has its turn, as in training. */
async function metricPoints(store: RunStore): Promise<{ seconds: number; longest_ms: number }> {
  const run = await store.createRun({ sweep: null, number: 0, parameters: {}, settings, provenance });
  let longest = 0;
  const begun = performance.now();
  for (let number = 1; number <= points / pointsAnEpoch; number++) {
    const before = performance.now();
    run.logEpoch({ ...epoch, epoch: number });
    longest = Math.max(longest, performance.now() - before);
    await setImmediate();
  }
  await run.flush();
  const seconds = (performance.now() - begun) / 1000;
  await run.interrupt();
  return { seconds, longest_ms: longest };
}
