import type { Device } from '@thaw/compute';
import type { Allowed } from '@thaw/experiment';
import type { Retry } from './retry.ts';

/**
 * The experiment file of a new sweep, with its text where that is not to be read from disk; or an earlier sweep that goes on, where a
 * file beside that must be its experiment.
 */
export type SweepSource =
  | { readonly file: string; readonly text?: string; readonly id?: string }
  | { readonly resume: string; readonly file: string | null };

/** What a sweep is started with. */
export interface SweepOptions {
  readonly from: SweepSource;
  /** Null for as many as the machine has room for. */
  readonly workers: number | null;
  /** A name of the registry, or `auto`. */
  readonly engine: string;
  /** What the engine computes on; null leaves it at `cpu`, or at what the sweep to go on with has. */
  readonly device: Device | null;
  /** Overrides of the file's settings, path=value. */
  readonly set: string[];
  readonly maxTrials: number | null;
  /** Milliseconds after which no further trial begins. */
  readonly maxTime: number | null;
  readonly retry: Retry;
  readonly runsDir: string;
  /** Address of the Redis through which workers elsewhere run the trials; null to run them here. */
  readonly queue: string | null;
  readonly trackerHost: string;
  readonly trackerPort: number;
  /** What the experiment may name and start; everything when left out. */
  readonly allowed?: Allowed;
}
