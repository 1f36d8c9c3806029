import { join } from 'node:path';
import { UserError } from '@thaw/base';
import type { EngineName } from '@thaw/compute';
import { openStore, type FileStore, type SweepRecord, type SweepWriter } from '@thaw/tracking';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import {
  checkpointSeconds,
  checkQueue,
  countTrialsLeft,
  endOfSweep,
  imagesOf,
  openSweep,
  type OpenSweep,
  removeCheckpoints,
  trialsOfAllSizes,
  usualWorkers,
} from '@thaw/sweep';
import { inWords } from '../remedy-text.ts';
import { commandHint } from '../report/command-hint.ts';
import { sweepDocument } from '../report/sweep-document.ts';
import { sweepReport } from '../report/sweep-report.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { notifying } from '../notify/notifying.ts';
import { untilStopped } from '../until-stopped.ts';
import { concludeSweep } from './conclude-sweep.ts';
import { dryRun, dryRunProgram, type DryRun } from './dry-run.ts';
import { prepareSweep, type Prepared } from './prepare-sweep.ts';
import { runSession, type Session } from './run-session.ts';
import type { SweepCommandOptions } from './sweep-command-options.ts';

/**
 * Runs an experiment from its file to its tables. Results go to standard output, progress to standard error. Returns the
 * exit code: 0, or 1 when no trial finished, or 130 after Ctrl-C.
 */
export async function runSweep(options: SweepCommandOptions): Promise<number> {
  if (options.output !== null) await checkOutputFile(options.output);
  const remark = await checkQueue(options);
  if (remark !== null) process.stderr.write(`--queue: ${remark}\n`);
  const store = openStore(options.runsDir);
  const opened = await openSweep(store, options);
  if ('program' in opened.experiment && options.queue !== null) {
    throw new UserError(
      'found --queue with a program of your own; allowed: a sweep on this machine, as workers elsewhere do not have the program',
    );
  }
  // Says now what every trial would say.
  checkpointSeconds();
  const { retry, maxTrials } = options;
  const { notice, experiment } = opened;
  const leftOf = ({ known }: OpenSweep) =>
    countTrialsLeft(experiment, known, { maxTrials: maxTrials ?? undefined, retry });
  const isToPrepare = leftOf(opened) > 0 || options.dataChanged === 'new-sweep';
  const notices = [...(notice === null ? [] : [inWords(notice)]), ...experiment.notes];
  if (isToPrepare) for (const each of notices) process.stderr.write(`${each}\n`);
  const workers = await workersOf(opened, options);
  const prepared = isToPrepare ? await prepare(store, opened, options) : null;
  const sweep = prepared && prepared.changes.length > 0 ? beginAnew(opened, prepared.changes) : opened;
  const left = leftOf(sweep);
  if (options.dryRun) return tryOut(sweep, prepared, { ...options, workers, trials: left });

  const writer = await sweep.begin(workers);
  if (prepared && prepared.datasets.length > 0 && !(await store.sweepImages(writer.id)))
    await writer.setImages(imagesOf(prepared.datasets));
  if (prepared?.leakage) await writer.setLeakage(prepared.leakage);
  const session = { ...options, workers, trials: left };
  const { notify: address, runsDir } = options;
  return notifying(store, { address, sweep: writer.id, runsDir }, () =>
    runBegun(store, sweep, writer, prepared, session),
  );
}

/** From the first trial that is left to the tables. */
async function runBegun(
  store: FileStore,
  sweep: OpenSweep,
  writer: SweepWriter,
  prepared: Prepared | null,
  options: Session,
): Promise<number> {
  const isLeft = prepared !== null && options.trials > 0;
  const stopped = isLeft ? await runSession(store, sweep, writer, prepared, options) : null;
  const { trials } = await store.sweep(writer.id);
  const anyFinished = trials.some((trial) => trial.state === 'finished');
  // What has failed in the end is run again only where `--resume` comes with `--retry`.
  const missing = countTrialsLeft(sweep.experiment, trials, { retry: 0 });
  await writer.finish(endOfSweep({ stopped: stopped !== null, anyFinished, missing }));
  const isOver = missing === 0 || missing === Number.POSITIVE_INFINITY;
  // A program of the user's own brings what there is to conclude.
  if (stopped === null && anyFinished && isOver && 'settings' in sweep.experiment) {
    await concludeSweep(store, writer.id, options.runsDir);
  }
  const ended = await store.sweep(writer.id);
  await report(ended, store, writer, options);

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

/** A program of the user's own reads its data itself. */
async function prepare(store: FileStore, open: OpenSweep, options: SweepCommandOptions): Promise<Prepared> {
  const { experiment, directory, earlier } = open;
  if ('program' in experiment) return { datasets: [], leakage: null, groups: {}, changes: [] };
  return prepareSweep(store, { experiment, directory, earlier }, options);
}

/** Says what the sweep would do; it would start where any trial is left. */
async function tryOut(
  sweep: OpenSweep,
  prepared: Prepared | null,
  options: Omit<DryRun, 'signal'>,
): Promise<number> {
  if (prepared === null || options.trials === 0) {
    process.stdout.write('Nothing would start: no trial is left to run.\n');
    return 1;
  }
  const { experiment, engine, device } = sweep;
  if ('program' in experiment) {
    await dryRunProgram(experiment, options);
    return 0;
  }
  return untilStopped(
    (signal) => dryRun({ experiment, engine, device }, prepared, { ...options, signal }),
    () => {
      process.stderr.write('Stopped before all was measured.\n');
    },
  );
}

/** A new sweep where the images of an earlier one have changed, as was asked for. */
function beginAnew(earlier: OpenSweep, changes: readonly string[]): OpenSweep {
  const lines = changes.map((change) => `  - ${change}\n`).join('');
  process.stderr.write(
    `The images of sweep ${earlier.earlier!.id} have changed:\n${lines}This is a new sweep with its experiment.\n`,
  );
  return earlier.anew();
}

/** How many trials are given out at once where nobody says: more than most have workers. */
const queuedTrials = 16;

async function workersOf(
  { experiment, engine, device }: OpenSweep,
  { workers, queue }: SweepCommandOptions,
): Promise<number> {
  if (workers !== null) return workers;
  if (queue !== null) return queuedTrials;
  // Nobody knows what a program needs.
  if ('program' in experiment) return 1;
  return usualWorkers(trialsOfAllSizes(experiment), { engine: engine as EngineName, device });
}

async function report(
  sweep: SweepRecord,
  store: FileStore,
  { folder }: SweepWriter,
  { output, runsDir }: SweepCommandOptions,
): Promise<void> {
  if (output !== null) await writeDocument(output, sweepDocument(sweep));
  const columns = terminalWidth(process.stdout);
  process.stdout.write(`${await sweepReport(sweep, { store, folder, runsDir, columns })}\n`);
}
