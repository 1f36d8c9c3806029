import type { PostAddress } from '@thaw/base';
import type { PrepareOptions, SweepOptions } from '@thaw/sweep';

/** What the command `sweep` was asked to do. */
export interface SweepCommandOptions extends SweepOptions, PrepareOptions {
  /** File of the results; null for none. */
  readonly output: string | null;
  /** Check everything and say what would run, but start no sweep. */
  readonly dryRun: boolean;
  /** Where the end of the sweep is posted; null for nowhere. */
  readonly notify: PostAddress | null;
  /** Show what trial processes write to their standard streams. */
  readonly debug: boolean;
}
