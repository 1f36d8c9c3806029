import type { SettingsPaths } from '@thaw/experiment';

/** What the gap command was asked to do. */
export interface GapOptions {
  /** An id, a beginning of one or `latest`. Exactly one of run and sweep is given. */
  readonly run: string | null;
  readonly sweep: string | null;
  /** On how many grouped splits the trial is trained again to measure leakage; 0: not at all. */
  readonly retrain: number;
  /** Where the images lie now, by `dataset.path`; left out where the record says it. */
  readonly moved?: SettingsPaths | undefined;
  readonly runsDir: string;
  readonly output: string | null;
}
