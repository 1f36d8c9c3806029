import type { Device } from '@thaw/compute';
import type { Experiment } from '@thaw/experiment';
import type { Pruner, Sampler } from '@thaw/search';
import type { SweepWriter, TrialRecord } from '@thaw/tracking';
import type { Executor } from './executors/executor.ts';
import type { SweepDataset } from './begin/preflight.ts';
import type { SweepListener } from './sweep-listener.ts';
import type { LookedAt } from './begin/check-leakage.ts';

export interface RunTrialsOptions {
  readonly experiment: Experiment;
  /** What trials train on, as far as it was read before; see `trialSettings`. */
  readonly datasets?: readonly SweepDataset[];
  /** What relative paths of the experiment are relative to; the current directory when left out. */
  readonly directory?: string;
  readonly sampler: Sampler;
  readonly executor: Executor;
  readonly writer: Pick<SweepWriter, 'id' | 'addTrial' | 'updateTrial'>;
  /** What earlier sessions of this sweep have done. */
  readonly known: readonly TrialRecord[];
  /** Ends running trials that do worse than others; null lets all train to their end. */
  readonly pruner: Pruner | null;
  /** The metric after each epoch of known trials, by number; needed where there is a pruner. */
  readonly knownReports: ReadonlyMap<number, readonly number[]>;
  /** How many trials this session runs at most. */
  readonly maxTrials: number;
  /** Asked before each trial; true ends the session. */
  readonly isOver: () => boolean;
  /** How many more attempts a trial that fails has. */
  readonly retry: number;
  readonly engine: string;
  readonly device: Device;
  /** What each image that was looked at shows; see `checkLeakage`. */
  readonly groups?: LookedAt;
  readonly runsDir: string;
  readonly listener: SweepListener;
  /** Once aborted, no further trial begins. */
  readonly signal: AbortSignal;
}
