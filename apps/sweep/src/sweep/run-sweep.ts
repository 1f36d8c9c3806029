import { join } from 'node:path';
import type { EngineName } from '@thaw/compute';
import { createPruner, createSampler } from '@thaw/search';
import { openStore, type LeakageRecord, type Store, type SweepWriter } from '@thaw/tracking';
import { checkOutputFile, writeDocument } from '../commands/output-file.ts';
import { fetchProgress } from '../commands/fetch-progress.ts';
import { checkpointSeconds, removeCheckpoints } from '../executors/checkpoint-files.ts';
import { createProgress } from '../progress/create-progress.ts';
import { phaseProgress } from '../progress/phase-progress.ts';
import { commandHint } from '../report/command-hint.ts';
import { thousands } from '../report/format.ts';
import { leakageText } from '../report/leakage-text.ts';
import { sweepDocument } from '../report/sweep-document.ts';
import { sweepReport } from '../report/sweep-report.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { checkLeakage } from './check-leakage.ts';
import { countTrialsLeft } from './count-trials.ts';
import { checkQueue, createExecutor } from './create-executor.ts';
import { knownReports } from './known-reports.ts';
import { openSweep, type OpenSweep } from './open-sweep.ts';
import { preflight, trialsOfAllSizes, type SweepDataset } from './preflight.ts';
import { runTrials } from './run-trials.ts';
import { onStopSignals } from './stop-signals.ts';
import type { SweepOptions } from './sweep-options.ts';
import { usualWorkers } from './usual-workers.ts';

/** From here on looking for copies takes so long that users should know how to leave it out. */
const manyImages = 5000;

const clock = () => performance.now();

/**
 * Runs an experiment from its file to its tables. Results go to standard output, progress to standard error. Returns the
 * exit code: 0, or 1 when no trial finished, or 130 after Ctrl-C.
 */
export async function runSweep(options: SweepOptions): Promise<number> {
  if (options.output !== null) await checkOutputFile(options.output);
  await checkQueue(options);
  const store = openStore(options.runsDir);
  const sweep = await openSweep(store, options);
  const { experiment, known } = sweep;
  // Says now what every trial would say.
  checkpointSeconds();
  const { retry } = options;
  const left = countTrialsLeft(experiment, known, { maxTrials: options.maxTrials ?? undefined, retry });
  const notices = [...(sweep.notice === null ? [] : [sweep.notice]), ...experiment.notes];
  if (left > 0) for (const notice of notices) process.stderr.write(`${notice}\n`);
  const workers = await workersOf(sweep, options);
  const prepared = left > 0 ? await prepare(sweep, options) : null;

  const writer = await sweep.begin(workers);
  if (prepared?.leakage) await writer.setLeakage(prepared.leakage);
  const session = { ...options, workers, trials: left };
  const stopped = prepared ? await runSession(store, sweep, writer, prepared.datasets, session) : null;
  const { trials } = await store.sweep(writer.id);
  const anyFinished = trials.some((trial) => trial.state === 'finished');
  await writer.finish(stopped !== null ? 'interrupted' : anyFinished ? 'finished' : 'failed');
  await report(store, writer, options);

  const missing = countTrialsLeft(experiment, trials, { retry });
  if (missing === 0) await removeCheckpoints(writer.id, join(options.runsDir, 'cache'));
  else {
    const count = missing === Number.POSITIVE_INFINITY ? 'further' : String(missing);
    const what = missing === 1 ? '1 trial is' : `${count} trials are`;
    process.stderr.write(
      `${what} still to run. To go on: ${commandHint(`sweep --resume ${writer.id}`, options.runsDir)}\n`,
    );
  }
  return stopped ?? (anyFinished ? 0 : 1);
}

/** Reads what the trials will need, and says what is known about it before any of them begins. */
async function prepare(
  { experiment }: OpenSweep,
  { runsDir, leakageCheck }: SweepOptions,
): Promise<{ datasets: readonly SweepDataset[]; leakage: LeakageRecord[] | null }> {
  const images = phaseProgress(process.stderr, clock);
  const weights = fetchProgress('weights', process.stderr);
  let datasets: readonly SweepDataset[];
  let leakage: LeakageRecord[] | null;
  let told = false;
  try {
    datasets = await preflight(experiment, { runsDir, onImages: images.update, onWeights: weights.update });
    leakage = await checkLeakage(datasets, {
      cacheDir: join(runsDir, 'cache'),
      detect: leakageCheck,
      onDetect: (phase, done, total) => {
        if (!told && total >= manyImages) {
          process.stderr.write(
            `Looking for copies of one photograph among ${thousands(total)} images, once; --leakage-check off leaves it out.\n`,
          );
        }
        told = true;
        images.update(phase, done, total);
      },
    });
  } finally {
    images.close();
    weights.stop();
  }
  const skipped = new Map(
    datasets.flatMap(({ dataset }) => dataset.skipped).map(({ name, reason }) => [name, reason]),
  );
  for (const [name, reason] of skipped) process.stderr.write(`left out: ${name}: ${reason}\n`);
  for (const line of leakageText(leakage)) process.stderr.write(`${line}\n`);
  return { datasets, leakage };
}

/** How many trials are given out at once where nobody says: more than most have workers. */
const queuedTrials = 16;

async function workersOf(
  { experiment, engine, device }: OpenSweep,
  { workers, queue }: SweepOptions,
): Promise<number> {
  if (workers !== null) return workers;
  if (queue !== null) return queuedTrials;
  return usualWorkers(trialsOfAllSizes(experiment), { engine: engine as EngineName, device });
}

interface Session extends SweepOptions {
  readonly workers: number;
  /** How many trials this session is about. */
  readonly trials: number;
}

/** Runs this session's trials. Returns null, or the exit code when a signal has ended it. */
async function runSession(
  store: Store,
  { experiment, engine, device, known }: OpenSweep,
  writer: SweepWriter,
  datasets: readonly SweepDataset[],
  { runsDir, workers, debug, trials, maxTrials, maxTime, retry, ...where }: Session,
): Promise<number | null> {
  const progress = createProgress({
    stream: process.stderr,
    trials,
    workers: Math.min(workers, trials),
    clock,
  });
  const log = (text: string) => {
    if (debug) progress.note(text.trimEnd());
  };
  const note = (line: string) => {
    progress.note(line);
  };
  const at = {
    ...where,
    workers: Math.min(workers, trials),
    runsDir,
    retry,
    store,
    sweep: writer.id,
    known,
    datasets,
    note,
    log,
  };
  const executor = await createExecutor(at);
  const abort = new AbortController();
  let stopped: number | null = null;
  const forget = onStopSignals({
    clock,
    onStop: (exitCode) => {
      stopped = exitCode;
      abort.abort();
      executor.stop();
      progress.note('Stopping after the running epoch of each trial; press Ctrl-C again to stop at once.');
    },
    onStopNow: () => {
      executor.kill();
    },
  });
  progress.note(
    `Sweep ${writer.id}: ${trialsToRun(trials)}, engine ${engine}${device === 'cpu' ? '' : ` on ${device}`}` +
      (known.length > 0 ? `, ${known.length} known from before` : ''),
  );
  const begun = clock();
  try {
    await runTrials({
      experiment,
      sampler: createSampler(experiment.method, experiment.parameters, {
        seed: experiment.settings.training.seed,
        goal: experiment.metric.goal,
      }),
      executor,
      writer,
      pruner: experiment.early_terminate && createPruner(experiment.early_terminate, experiment.metric.goal),
      known,
      knownReports: await knownReports(store, experiment, known),
      isOver: () => maxTime !== null && clock() - begun >= maxTime,
      maxTrials: maxTrials ?? Number.POSITIVE_INFINITY,
      retry,
      engine,
      device,
      runsDir,
      progress,
      signal: abort.signal,
    });
  } finally {
    await executor.close();
    progress.close();
    forget();
  }
  return stopped;
}

function trialsToRun(trials: number): string {
  if (trials === Number.POSITIVE_INFINITY) {
    return 'trials to run until Ctrl-C, as nothing (run_cap, --max-trials) says how many';
  }
  return `${trials} ${trials === 1 ? 'trial' : 'trials'} to run`;
}

async function report(store: Store, writer: SweepWriter, { output, runsDir }: SweepOptions): Promise<void> {
  const sweep = await store.sweep(writer.id);
  if (output !== null) await writeDocument(output, sweepDocument(sweep));
  const columns = terminalWidth(process.stdout);
  process.stdout.write(`${await sweepReport(sweep, { store, folder: writer.folder, runsDir, columns })}\n`);
}
