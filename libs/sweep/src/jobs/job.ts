import type { AdviceDocument, PromoteDocument, PromoteOptions } from '@thaw/analysis';
import type { Notice, UserError } from '@thaw/base';
import type { FolderSettings } from '@thaw/data';
import type { Settings } from '@thaw/experiment';
import type { AugmentedSettings } from '@thaw/training';
import type { LogLines } from './log-lines.ts';
import type { SweepOutcome, SweepRequest, SweepSession } from './sweep-session.ts';

/** What long work can be asked for, what it needs to know, and what comes out of it. */
export interface Jobs {
  /** Suggests a scenario for a folder of images, by trials of each where it may take so many `seconds` for them. */
  readonly advise: {
    readonly request: {
      readonly images: FolderSettings;
      readonly settings: Settings;
      readonly seconds: number | null;
    };
    readonly outcome: AdviceDocument;
  };
  /** Measures the gap of a run, training it again on `retrain` grouped splits; the document lies in the run's folder. */
  readonly gap: {
    readonly request: { readonly run: string; readonly retrain: number };
    readonly outcome: { readonly run: string };
  };
  /** Lays the images of a run out on a map, which lies in the cache. */
  readonly map: {
    readonly request: { readonly run: string };
    readonly outcome: { readonly run: string };
  };
  /** Makes a run, or the best run of a sweep, the next version of a model. */
  readonly promote: {
    readonly request: Omit<PromoteOptions, 'runsDir' | 'listener'>;
    readonly outcome: PromoteDocument;
  };
  /** Draws what the augmentation of a trial, whose paths are absolute, makes of some of its images. */
  readonly views: {
    readonly request: { readonly settings: AugmentedSettings };
    /** A PNG. */
    readonly outcome: { readonly sheet: Uint8Array };
  };
  /** Runs the trials of a sweep, as the command line does; either goes on with what the other has begun. */
  readonly sweep: {
    readonly request: SweepRequest;
    readonly outcome: SweepOutcome;
  };
}

export type JobKind = keyof Jobs;

/** How far a job is: its phase, and what is counted of that; null where nothing is. */
export interface JobProgress {
  readonly phase: string;
  readonly done: number | null;
  readonly total: number | null;
}

/** What has become of a job. A cancelled one has left nothing half done; what it had computed is kept for the next. */
export type JobStatus<K extends JobKind = JobKind> =
  | { readonly state: 'running'; readonly progress: JobProgress }
  | { readonly state: 'finished'; readonly outcome: Jobs[K]['outcome'] }
  /** A UserError where it can be mended, else a defect or the end of the job's process. */
  | { readonly state: 'failed'; readonly error: UserError | Error }
  | { readonly state: 'cancelled' };

/** A job that was started. Its status is as of now. */
export interface Job<K extends JobKind = JobKind> {
  readonly kind: K;
  /** The id of the run, or of the sweep, that it is about; or the folder, absolute, or the source that draws its images. */
  readonly subject: string;
  readonly request: Jobs[K]['request'];
  readonly status: JobStatus<K>;
  /** What whoever asked should know, such as which engine computes instead of the one that trained. */
  readonly notices: readonly Notice[];
  /** What it said as it went on, behind what earlier ones of its kind said of its subject. */
  readonly log: LogLines;
  /** Of a sweep that is recorded, how far it is; null for others. */
  readonly session: SweepSession | null;
  /** Of a sweep, how many trials it was last asked to run at once; null where nobody has said, and for others. */
  readonly workers: number | null;
  /** Whether it was asked to end. */
  readonly isStopping: boolean;
  /** What has become of it, when it has ended. Never rejects. */
  readonly ended: Promise<Exclude<JobStatus<K>, { state: 'running' }>>;
}
