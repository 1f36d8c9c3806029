import type { PostAddress } from '@thaw/base';
import type { SweepOptions } from '@thaw/sweep';

/** What the command `sweep` was asked to do. */
export interface SweepCommandOptions extends SweepOptions {
  /** File of the results; null for none. */
  readonly output: string | null;
  /** Look at the images for copies of one photograph where no groups are named. */
  readonly leakageCheck: boolean;
  /** What becomes of a sweep that goes on where its images have changed since. */
  readonly dataChanged: 'refuse' | 'new-sweep';
  /** Check everything and say what would run, but start no sweep. */
  readonly dryRun: boolean;
  /** Where the end of the sweep is posted; null for nowhere. */
  readonly notify: PostAddress | null;
  /** Show what trial processes write to their standard streams. */
  readonly debug: boolean;
}
