import type { EpochRecord, MetricName, PredictionRow, Summary } from '@thaw/experiment';
import type { DeletedSweep } from './annotations/deleted-sweep.ts';
import type { DeletedRun } from './annotations/trash.ts';
import type { ImportedRun } from './import/imported-run.ts';
import type { KeptGroups } from './files/kept-groups.ts';
import type { ForecastRecord, OpeningRecord } from './records/forecast-record.ts';
import type { LeakageRecord } from './records/leakage-record.ts';
import type { NewRun } from './records/new-run.ts';
import type { NewSweep } from './records/new-sweep.ts';
import type { PredictedSplit } from './records/prediction-row.ts';
import type { Annotations, AnnotationsChange, RunRow } from './query/run-row.ts';
import type { Damaged } from './files/read-record.ts';
import type { RunRecord } from './records/run-record.ts';
import type { StoredTrial, SweepRecord, SweepState } from './records/sweep-record.ts';
import type { UsageRecord } from './records/usage-record.ts';
import type { StopRequest } from './files/stop-request.ts';
import type { SweepImages } from './files/sweep-images.ts';

export type TestFigures = Pick<Summary, `test_${MetricName}` | 'gap'>;

/**
 * Keeps runs and sweeps; `openStore` gives one in files. Every store passes the contract suite, `runStoreContract` of
 * `@thaw/tracking/testing`. A query is an id, an unambiguous beginning of one, or `latest`; where nothing fits, a
 * UserError of kind `not-found` says what there is (`deleted` for a run that `restoreRun` brings back). What cannot be done
 * to something that is running is a `conflict`.
 */
export interface RunStore {
  createSweep(sweep: NewSweep): Promise<SweepWriter>;
  /** Makes this process the owner of a sweep that nobody runs; a conflict for one that is running. Trials that had begun without a run stay interrupted. */
  resumeSweep(query: string): Promise<SweepWriter>;
  createRun(run: NewRun): Promise<RunWriter>;
  /** Makes a finished run, whole or not at all, of what another program found. */
  importRun(run: ImportedRun): Promise<RunRecord>;

  run(query: string): Promise<RunRecord>;
  /** Oldest first; `damaged` are those that cannot be read. */
  runs(): Promise<{ runs: RunRecord[]; damaged: Damaged[] }>;
  /** What tables show of runs, in their order. */
  rows(runs: readonly RunRecord[]): Promise<RunRow[]>;
  /** The epochs so far; none before the first. */
  metrics(runQuery: string): Promise<EpochRecord[]>;
  /**
   * What has come since `cursor`, that of an earlier answer or 0. An epoch has what was reported at it alone, NaN included. Of a run
   * that a program logs over HTTP it is a step, with all that was logged at it, and comes again where more was logged since.
   */
  metricsFrom(runQuery: string, cursor: number): Promise<{ epochs: EpochRecord[]; cursor: number }>;
  /** What the run took of the machine, sampled while it ran; none where nobody sampled, as in runs of before. */
  usage(runQuery: string): Promise<UsageRecord[]>;
  /** A UserError for runs that have not come so far. */
  predictions(runQuery: string, split: PredictedSplit): Promise<PredictionRow[]>;
  /** Which images of a run's data set belong together; null where that is not known. */
  groups(runQuery: string): Promise<KeptGroups | null>;
  /** Keeps with a run that has ended what was found out about its images since. */
  keepGroups(runQuery: string, groups: KeptGroups): Promise<void>;
  /** Keeps what a run that was sealed says of its test images, with their figures in its summary. */
  unseal(run: string, rows: readonly PredictionRow[], figures: TestFigures): Promise<void>;
  sweep(query: string): Promise<SweepRecord>;
  /** Notes with a sweep that has ended that its test set is to be opened; a conflict for one that is running. */
  noteOpening(sweep: string, opening: OpeningRecord): Promise<void>;
  /** Keeps a forecast with a sweep that has ended; a conflict for one that is running. */
  keepForecast(sweep: string, forecast: ForecastRecord): Promise<void>;
  /** The images that a sweep began with; null where they were not kept, as in sweeps of before. */
  sweepImages(query: string): Promise<SweepImages[] | null>;
  /** Oldest first, with what became of their trials; `damaged` names sweeps, not runs. */
  sweeps(): Promise<{ sweeps: SweepRecord[]; damaged: Damaged[] }>;

  /**
   * Changes what is said of a run and answers all that is. A UserError for a note that is too long, a conflict where it is not the
   * one that was to be changed, "damaged" where what was said cannot be read.
   */
  annotate(query: string, change: AnnotationsChange): Promise<Annotations>;
  /** Puts a run away, from where `restoreRun` takes it back; answers its id. A conflict for one that is running. */
  deleteRun(query: string): Promise<string>;
  /** A UserError for an id that `deletedRuns` does not name. */
  restoreRun(id: string): Promise<void>;
  deletedRuns(): Promise<DeletedRun[]>;
  /** Removes deleted runs for good. */
  purgeRuns(ids: readonly string[]): Promise<void>;

  /** Asks the process that runs a sweep to stop it in good order; a conflict for one that nobody runs. */
  requestStop(query: string): Promise<StopRequest>;
  /**
   * Puts a sweep away, with its runs if these are to go, too; `restoreSweep` takes all back. A conflict where it or one of its
   * runs is running.
   */
  deleteSweep(query: string, also: { readonly runs: boolean }): Promise<DeletedSweep>;
  /** Answers the runs that came back with it. A UserError for an id that `deletedSweeps` does not name. */
  restoreSweep(id: string): Promise<string[]>;
  deletedSweeps(): Promise<DeletedSweep[]>;
  /** Removes deleted sweeps for good, with the runs that went with them. */
  purgeSweeps(ids: readonly string[]): Promise<void>;
}

/**
 * Writes one run, in the one process that owns it. It ends with the first call of `finish`, `prune`, `fail` or `interrupt`; later
 * ones change nothing (Ctrl-C may come twice), and logging after the end is an error.
 */
export interface RunWriter {
  readonly id: string;
  /** A folder on this machine for the run's further files. */
  readonly folder: string;
  /** Where the trained model belongs; not made here. */
  readonly modelFolder: string;
  /** Appends an epoch without waiting. Throws, with `record` not taken, where an earlier epoch could not be written, which is tried again. */
  logEpoch(record: EpochRecord): void;
  /** Appends what the run takes of the machine, as `logEpoch` does. */
  logUsage(record: UsageRecord): void;
  /** Appends a line to the run's log, behind the time. */
  log(line: string): void;
  /** Waits until all epochs are kept; rejects where one could not be. A run has come to what it has without its log and usage. */
  flush(): Promise<void>;
  /** Merges facts that became known during the run (data, weights, memory) into its provenance. */
  addProvenance(facts: Record<string, unknown>): Promise<void>;
  writePredictions(split: PredictedSplit, rows: readonly PredictionRow[]): Promise<void>;
  /** Which images of the data set belong together, so that whoever reads the predictions knows what was drawn. */
  writeGroups(groups: KeptGroups): Promise<void>;
  /** Notes that nobody has looked at its test images. */
  seal(): Promise<void>;
  /** `classes`: the names in the order of the predictions' probabilities; null for a run without predictions. */
  finish(summary: Summary, classes: readonly string[] | null): Promise<void>;
  /** The same for a trial that was ended before its time because others did better. */
  prune(summary: Summary, classes: readonly string[] | null): Promise<void>;
  /** `message` is what users read: one reason, no stack trace. */
  fail(message: string): Promise<void>;
  interrupt(): Promise<void>;
}

/** Writes one sweep, in the one process that owns it. The first call of `finish` ends it; later ones change nothing. */
export interface SweepWriter {
  readonly id: string;
  /** A folder on this machine for the sweep's further files. */
  readonly folder: string;
  /** `run` is null as long as the trial's process has not made its run. Rejects for a number that the sweep has. */
  addTrial(trial: Pick<StoredTrial, 'number' | 'run' | 'parameters'>): Promise<void>;
  /**
   * Names the trial's run, the error of a trial whose process could not write it into its run, or the attempts that have failed
   * (`run` and `error` are null then, until the next attempt has them). State and summary are not written here: they are read
   * from the run. Rejects for a trial that the sweep does not have.
   */
  updateTrial(number: number, patch: Partial<Pick<StoredTrial, 'run' | 'error' | 'attempts'>>): Promise<void>;
  /** What was found before training, in place of what earlier sessions found. */
  setLeakage(leakage: readonly LeakageRecord[] | null): Promise<void>;
  /** Which test sets its trials have, by hashes of their images, by which other sweeps on them are known. */
  setTestSets(hashes: readonly string[]): Promise<void>;
  /** The images that the sweep begins with, one entry for each data set and split. */
  setImages(images: readonly SweepImages[]): Promise<void>;
  finish(state: Exclude<SweepState, 'running'>): Promise<void>;
  /** Tells once when somebody wants this sweep to stop; the returned function ends it. Nobody is told after the end. */
  onStopRequest(listener: () => void): () => void;
}
