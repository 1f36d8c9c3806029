import type { Device } from '@thaw/compute';

/** What the sweep command was asked to do. */
export interface SweepOptions {
  readonly config: string | null;
  /** Null for as many as the machine has room for. */
  readonly workers: number | null;
  /** A name of the registry, or `auto`. */
  readonly engine: string;
  /** What the engine computes on; null leaves it at `cpu`, or at what the sweep to go on with has. */
  readonly device: Device | null;
  readonly set: string[];
  readonly maxTrials: number | null;
  /** Milliseconds after which no further trial begins. */
  readonly maxTime: number | null;
  /** How many more attempts a trial that fails has. */
  readonly retry: number;
  readonly resume: string | null;
  readonly runsDir: string;
  readonly output: string | null;
  /** Address of the Redis through which workers elsewhere run the trials; null to run them here. */
  readonly queue: string | null;
  readonly trackerHost: string;
  readonly trackerPort: number;
  /** Look at the images for copies of one photograph where no groups are named. */
  readonly leakageCheck: boolean;
  /** Show what trial processes write to their standard streams. */
  readonly debug: boolean;
}
