import type { FolderOptions } from '../leakage/folder-settings.ts';

export interface AdviseOptions extends FolderOptions {
  /** As `model.weights` in an experiment file; null for those that are at hand. */
  readonly weights: string | null;
  readonly backbone: string;
  readonly alpha: number;
  readonly imageSize: number;
  readonly engine: string;
  /** Seconds in which each scenario is tried, too; null for advice without trials. */
  readonly budget: number | null;
  /** Where accuracy against photographs is drawn. */
  readonly figure: string | null;
  readonly runsDir: string;
  readonly output: string | null;
}
