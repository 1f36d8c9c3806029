import type { PromotedAs } from '@thaw/analysis';
import type { SettingsPaths } from '@thaw/experiment';

/** What `promote` is asked for; exactly one of `run` and `sweep` is given. */
export interface PromoteOptions {
  readonly run: string | null;
  readonly sweep: string | null;
  readonly name: string;
  /** Null for the network of the run, or of one with folds a refit. */
  readonly as: PromotedAs | null;
  readonly alias: string | null;
  /** Where the images lie now, by `dataset.path`; left out where the record says it. */
  readonly moved?: SettingsPaths | undefined;
  readonly runsDir: string;
  readonly output: string | null;
}
