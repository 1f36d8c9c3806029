import { join } from 'node:path';
import { isFullDisk, UserError } from '@thaw/base';
import { OutOfMemory, type Engine } from '@thaw/compute';
import { withPaths, type EpochRecord } from '@thaw/experiment';
import { saveTensorflowJsModel } from '@thaw/model';
import { openStore, type Provenance, type RunWriter } from '@thaw/tracking';
import { OtherData, runTrial, TrialFailure, type TrialMemory, type TrialResult } from '@thaw/training';
import type { TrialEvent, TrialJob, TrialOutcome } from './executor.ts';
import { checkpointFile, checkpointSeconds, removeCheckpoint } from './checkpoint-files.ts';
import { groupsOfTrial } from './groups-of-trial.ts';
import { throttledObserver } from './throttled-observer.ts';
import { ownConsumption } from './usage/consumption.ts';
import { watchUsage } from './usage/watch-usage.ts';

export interface ExecuteTrialOptions {
  readonly engine: Engine;
  readonly provenance: Provenance;
  /** What earlier trials of this process have read. */
  readonly memory: TrialMemory;
  /** Ends the trial as interrupted once its running epoch is over. */
  readonly signal: AbortSignal;
  readonly send: (event: TrialEvent) => void;
  /** Asked after each epoch (fold) that another would follow; true ends the trial there as pruned. */
  readonly prune?: (record: EpochRecord) => Promise<boolean>;
}

/** Runs one trial and writes its run: metrics as they come, then predictions, groups, model and, last of all, its end. */
export async function executeTrial(job: TrialJob, options: ExecuteTrialOptions): Promise<TrialOutcome> {
  try {
    return await runRecorded(job, options);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return isCircumstance(error)
      ? { state: 'interrupted', error: message, kind: error instanceof OtherData ? error.kind : 'full-disk' }
      : { state: 'failed', error: message, permanent: isPermanent(error) };
  }
}

async function runRecorded(job: TrialJob, options: ExecuteTrialOptions): Promise<TrialOutcome> {
  const { engine, signal, send, prune } = options;
  const { sweep, number, parameters, settings, paths = {} } = job;
  const run = await openStore(job.runsDir).createRun({
    sweep,
    number,
    parameters,
    settings,
    paths,
    sealed: job.test === false,
    provenance: {
      ...options.provenance,
      engine: engine.name,
      // Where it does not load, the trial itself says why.
      backend: await engine.describe().catch(() => null),
      device: job.device,
      seed: settings.training.seed,
    },
  });
  send({ type: 'run', run: run.id });
  const log = (line: string) => {
    try {
      run.log(line);
    } catch {
      // A log that cannot be written neither ends a trial nor keeps it from saying that it has failed.
    }
  };
  const stopWatching = watchUsage({
    read: ownConsumption,
    write: (record) => {
      run.logUsage(record);
    },
    clock: () => performance.now(),
  });
  try {
    const observer = throttledObserver(send, performance);
    const result = await runTrial(withPaths(settings, paths), {
      engine,
      cacheDir: job.cacheDir,
      epochSignal: signal,
      prune,
      checkpoint: {
        file: checkpointFile(job),
        everySeconds: checkpointSeconds(),
        onProblem: log,
      },
      memory: options.memory,
      fingerprint: job.fingerprint,
      weightsSha256: job.weightsSha256,
      test: job.test,
      observer: {
        ...observer,
        epoch: (record) => {
          run.logEpoch(record);
          observer.epoch(record);
        },
      },
    }).finally(stopWatching);
    await run.flush();
    await writeResult(run, job, result);
    await removeCheckpoint(job);
    return { state: result.pruned ? 'pruned' : 'finished', summary: result.summary };
  } catch (error) {
    if (signal.aborted) {
      await run.interrupt();
      return { state: 'interrupted' };
    }
    if (isCircumstance(error)) {
      // Where even that cannot be written, a run without a living process reads as interrupted.
      await run.interrupt().catch(() => undefined);
      throw error;
    }
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof UserError || error instanceof TrialFailure)) {
      log(error instanceof Error ? (error.stack ?? message) : message);
    }
    await run.fail(message);
    return { state: 'failed', error: message, permanent: isPermanent(error) };
  }
}

/** Whether the same settings would fail again. Memory may be free by then, and what nobody has foreseen may have been a chance. */
function isPermanent(error: unknown): boolean {
  if (error instanceof TrialFailure) return true;
  return error instanceof UserError && !(error.cause instanceof OutOfMemory);
}

/** Nothing that the trial can help: there is more to come of it when there is space again, or where the right data are. */
function isCircumstance(error: unknown): boolean {
  return error instanceof OtherData || isFullDisk(error);
}

async function writeResult(run: RunWriter, job: TrialJob, result: TrialResult): Promise<void> {
  const { predictions, networks, data, weightsOrigin, weightsSha256, peakMemoryBytes } = result;
  const origin = { run: run.id, classes: result.classes, settings: job.settings };
  const writeGroups = async () => {
    const groups = await groupsOfTrial(result.dataset, job);
    if (groups) await run.writeGroups(groups);
  };
  await allWritten([
    run.writePredictions('validation', predictions.validation),
    ...(job.test === false ? [] : [run.writePredictions('test', predictions.test)]),
    ...networks.map(({ folder, network, weights }) =>
      saveTensorflowJsModel(join(run.modelFolder, folder), network, weights, origin),
    ),
    run.addProvenance({
      data,
      weights: { origin: weightsOrigin, sha256: weightsSha256 },
      peak_memory_bytes: peakMemoryBytes,
    }),
    writeGroups(),
  ]);
  await (result.pruned
    ? run.prune(result.summary, result.classes)
    : run.finish(result.summary, result.classes));
}

/** Waits for the disk once for all of them, and rejects where one failed only when none is under way any more. */
async function allWritten(writes: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(writes);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}
