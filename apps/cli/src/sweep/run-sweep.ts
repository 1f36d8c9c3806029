import { openStore, type FileStore, type SweepRecord, type SweepWriter } from '@thaw/tracking';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { beginSweep, checkQueue, endSession, readySweep, type ReadySweep } from '@thaw/sweep';
import { AnalysisProgress } from '../progress/analysis-progress.ts';
import { commandHint } from '../report/command-hint.ts';
import { sweepDocument } from '@thaw/analysis/recorded';
import { sweepReport } from '../report/sweep-report.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { notifying } from '../notify/notifying.ts';
import { untilStopped } from '../until-stopped.ts';
import { dryRun, dryRunProgram } from './dry-run.ts';
import { preparationOnStderr } from './preparation-on-stderr.ts';
import { runTrialsHere } from './run-trials-here.ts';
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
  const preparation = preparationOnStderr();
  const ready = await readySweep(store, options, preparation).finally(() => {
    preparation.close();
  });
  if (options.dryRun) return tryOut(ready, options);
  const writer = await beginSweep(store, ready);
  const { notify: address, runsDir } = options;
  return notifying(store, { address, sweep: writer.id, runsDir }, () =>
    runBegun(store, ready, writer, options),
  );
}

/** From the first trial that is left to the tables. */
async function runBegun(
  store: FileStore,
  ready: ReadySweep,
  writer: SweepWriter,
  options: SweepCommandOptions,
): Promise<number> {
  const { runsDir } = options;
  const stopped = await runTrialsHere(store, ready, writer, options);
  const listener = new AnalysisProgress(process.stderr, () => performance.now());
  const { anyFinished, missing } = await endSession(store, ready, writer, {
    ...{ runsDir, stopped: stopped !== null, listener },
  }).finally(() => {
    listener.close();
  });
  await report(await store.sweep(writer.id), store, writer, options);
  if (missing > 0) {
    const count = missing === Number.POSITIVE_INFINITY ? 'further' : String(missing);
    const what = missing === 1 ? '1 trial is' : `${count} trials are`;
    process.stderr.write(
      `${what} still to run. To go on: ${commandHint(`sweep --resume ${writer.id}`, runsDir)}\n`,
    );
  }
  return stopped ?? (anyFinished ? 0 : 1);
}

/** Says what the sweep would do; it would start where any trial is left. */
async function tryOut(
  { sweep, prepared, workers, trials }: ReadySweep,
  options: SweepCommandOptions,
): Promise<number> {
  if (prepared === null || trials === 0) {
    process.stdout.write('Nothing would start: no trial is left to run.\n');
    return 1;
  }
  const { experiment, engine, device } = sweep;
  const run = { ...options, workers, trials };
  if ('program' in experiment) {
    await dryRunProgram(experiment, run);
    return 0;
  }
  return untilStopped(
    (signal) => dryRun({ experiment, engine, device }, prepared, { ...run, signal }),
    () => {
      process.stderr.write('Stopped before all was measured.\n');
    },
  );
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
